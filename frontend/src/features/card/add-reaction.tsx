import { ActionIcon, Popover } from "@mantine/core";
import { IconMoodPlus } from "@tabler/icons-react";
import { useState } from "react";
import type { Comment, Sign } from "../../api/types";
import { useText } from "../../i18n/language";
import { setReaction } from "../../live/card-commands";
import { useCard } from "./card-context";
import styles from "./reactions.module.css";
import { ORDER, SignIcon } from "./signs";

/** Offers the signs, one's own pressed. */
export function AddReaction({ comment, name }: { comment: Comment; name: string }) {
  const { store, task, me } = useCard();
  const text = useText();
  const [isOpen, setOpen] = useState(false);
  const isMine = (sign: Sign) => comment.reactions.some((one) => one.person === me.id && one.sign === sign);
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon
          size="md"
          variant="subtle"
          color="gray"
          aria-label={text("card.react", { name })}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          <IconMoodPlus size={15} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className={styles.offer} aria-label={text("card.react", { name })}>
        {ORDER.map((sign) => (
          <button
            key={sign}
            type="button"
            className={styles.choice}
            aria-pressed={isMine(sign)}
            aria-label={text(`card.sign_${sign}`)}
            title={text(`card.sign_${sign}`)}
            onClick={() => {
              setReaction(store, task, { comment: comment.id, person: me.id, sign }, !isMine(sign));
              setOpen(false);
            }}
          >
            <SignIcon sign={sign} size={19} />
          </button>
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}
