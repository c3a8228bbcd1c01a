import { Avatar } from "./avatar";
import styles from "./faces.module.css";

type Face = { id: number; name: string; name_zh: string };
type FacesProps = {
  people: (Face | undefined)[];
  most?: number;
  size?: "small" | "medium";
  areHere?: boolean;
};

/** A few overlapping faces, then "+2". */
export function Faces({ people, most = 3, size = "small", areHere }: FacesProps) {
  const shown = people.slice(0, people.length > most ? most - 1 : most);
  const rest = people.length - shown.length;
  return (
    <span className={`${styles.faces} ${areHere ? styles.apart : ""}`}>
      {shown.map((person, index) => (
        <Avatar key={person?.id ?? -index} person={person} size={size} isHere={areHere} />
      ))}
      {rest > 0 && <span className={`${styles.rest} ${styles[size]}`}>+{rest}</span>}
    </span>
  );
}
