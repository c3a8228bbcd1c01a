import { monitorForElements } from "@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter";
import { useEffect, useRef, useSyncExternalStore } from "react";
import { createPortal } from "react-dom";
import { useCard } from "../../live/board-hooks";
import { useBoard } from "./board-context";
import card from "./card.module.css";
import { CardFace } from "./card-face";
import { isDraggedCard } from "./use-draggable";

const still = matchMedia("(prefers-reduced-motion: reduce)");

/** The card in the hand: follows the pointer without asking React for every step. */
export function LiftedCard() {
  const { view } = useBoard();
  const drag = useSyncExternalStore(view.drag.subscribe, view.drag.get);
  const element = useRef<HTMLDivElement>(null);

  useEffect(
    () =>
      monitorForElements({
        canMonitor: ({ source }) => isDraggedCard(source.data),
        onDrag: ({ location, source: { data } }) => {
          if (!element.current || !isDraggedCard(data)) return;
          const { clientX, clientY } = location.current.input;
          const tilt = still.matches ? "" : " rotate(1.6deg)";
          element.current.style.transform = `translate(${clientX - data.grabX}px, ${clientY - data.grabY}px)${tilt}`;
        },
      }),
    [],
  );

  if (!drag) return null;
  return createPortal(
    <div
      ref={element}
      className={`${card.card} ${card.lifted}`}
      style={{ width: drag.width, transform: "translateX(-200vw)" }}
      aria-hidden="true"
    >
      <Face id={drag.id} />
      {drag.lot.length > 1 && <span className={card.number}>{drag.lot.length}</span>}
    </div>,
    document.body,
  );
}

function Face({ id }: { id: number }) {
  const { set } = useBoard();
  const row = useCard(set, id);
  return row ? <CardFace card={row} isDone={false} /> : null;
}
