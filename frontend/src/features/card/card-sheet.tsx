import { Drawer } from "@mantine/core";
import { Navigate, useNavigate, useParams } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { isMissing } from "../../api/errors";
import { useText } from "../../i18n/language";
import type { BoardStore } from "../../live/board-store";
import { boards } from "../../live/boards";
import { useCardId } from "../../live/card-hooks";
import { Spinner } from "../../ui/spinner";
import { useIsPhone } from "../../ui/use-is-phone";
import styles from "./card-sheet.module.css";
import { MissingCard } from "./missing-card";
import { OpenCard } from "./open-card";
import { useEscape } from "./use-escape";

/** Written so that Mantine doesn't take it for a multiple of the font size. */
const WIDTH = "calc(880px)";

/** The card over its board, or over a board of several initiatives, at its own address. */
export function CardSheet() {
  const { cardKey = "" } = useParams({ strict: false });
  const store = boards.byKey(cardKey.replace(/-\d+$/, ""));
  return store ? <Sheet store={store} cardKey={cardKey} /> : <Elsewhere cardKey={cardKey} />;
}

/** The initiative of the card isn't among those of the board below: the card is shown over its own. */
function Elsewhere({ cardKey }: { cardKey: string }) {
  const { projectKey } = useParams({ strict: false });
  if (projectKey !== undefined) return null;
  const params = { projectKey: cardKey.replace(/-\d+$/, ""), cardKey };
  return <Navigate to="/b/$projectKey/$cardKey" params={params} replace />;
}

function Sheet({ store, cardKey }: { store: BoardStore; cardKey: string }) {
  const text = useText();
  const navigate = useNavigate();
  const isPhone = useIsPhone();
  const { id, elsewhere, error } = useCardId(store, cardKey);

  // The key of a card that has moved leads to where it is now.
  useEffect(() => {
    if (!elsewhere || elsewhere.key === cardKey) return;
    const params = { projectKey: elsewhere.key.replace(/-\d+$/, ""), cardKey: elsewhere.key };
    void navigate({ to: "/b/$projectKey/$cardKey", params, replace: true });
  }, [elsewhere, cardKey, navigate]);

  const close = () => void navigate({ to: "..", search: (search) => search });
  useFocusOnLeaving(id);
  useEscape(close);
  const isHere = id !== undefined && (!elsewhere || elsewhere.project === store.projectId);
  return (
    <Drawer.Root
      opened
      onClose={close}
      position="right"
      size={isPhone ? "100%" : WIDTH}
      offset={isPhone ? 0 : 8}
      radius={isPhone ? 0 : 12}
      closeOnEscape={false}
      returnFocus={false}
      classNames={{ content: styles.content, overlay: styles.scrim }}
    >
      <Drawer.Overlay />
      <Drawer.Content aria-label={text("card.sheet", { key: cardKey })} data-sheet>
        {error && <MissingCard isMissing={isMissing(error)} onClose={close} />}
        {!error && (isHere ? <OpenCard key={id} store={store} id={id} onClose={close} /> : <Spinner />)}
      </Drawer.Content>
    </Drawer.Root>
  );
}

/** Leaves the focus on the card that was open last, which may not be the one that was opened first. */
function useFocusOnLeaving(id: number | undefined) {
  const last = useRef(id);
  useEffect(() => {
    last.current = id;
  }, [id]);
  useEffect(
    () => () => {
      if (document.activeElement === document.body && last.current !== undefined)
        document.querySelector<HTMLElement>(`[data-card="${last.current}"]`)?.focus();
    },
    [],
  );
}
