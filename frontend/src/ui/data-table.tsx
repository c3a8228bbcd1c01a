import { type ReactNode, useState } from "react";
import styles from "./data-table.module.css";

export type Column<Row> = {
  id: string;
  head: string;
  cell: (row: Row) => ReactNode;
  /** What the column sorts by; without it, it doesn't. */
  sort?: (row: Row) => string | number;
  /** Largest first when clicked first. */
  isBig?: boolean;
  align?: "end";
  width?: number | string;
};
type Order = { id: string; isDown: boolean };

/** Rows under named columns that sort when clicked. A row's link covers all of it. */
export function DataTable<Row>({
  label,
  columns,
  rows,
  keyOf,
  isSoft,
}: {
  label: string;
  columns: Column<Row>[];
  rows: Row[];
  keyOf: (row: Row) => number | string;
  /** Rows that matter less. */
  isSoft?: (row: Row) => boolean;
}) {
  const [order, setOrder] = useState<Order | null>(null);
  const sorted = order ? sortBy(rows, columns.find(({ id }) => id === order.id)?.sort, order.isDown) : rows;
  const click = ({ id, isBig = false }: Column<Row>) =>
    setOrder(
      order?.id !== id ? { id, isDown: isBig } : order.isDown === isBig ? { id, isDown: !isBig } : null,
    );
  const direction = (id: string) =>
    order?.id !== id ? undefined : order.isDown ? ("descending" as const) : ("ascending" as const);

  return (
    <div className={styles.frame}>
      <table className={styles.table} aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.id}
                scope="col"
                aria-sort={direction(column.id)}
                className={column.align === "end" ? styles.end : ""}
                style={{ width: column.width }}
              >
                {column.sort ? (
                  <button type="button" onClick={() => click(column)}>
                    {column.head}
                    <span aria-hidden="true" className={styles.arrow}>
                      {order?.id === column.id ? (order.isDown ? "↓" : "↑") : ""}
                    </span>
                  </button>
                ) : (
                  column.head
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => (
            <tr key={keyOf(row)} className={isSoft?.(row) ? styles.soft : ""}>
              {columns.map((column) => (
                <td key={column.id} className={column.align === "end" ? styles.end : ""}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function sortBy<Row>(rows: Row[], sort: Column<Row>["sort"], isDown: boolean): Row[] {
  if (!sort) return rows;
  const sign = isDown ? -1 : 1;
  const words = new Intl.Collator(document.documentElement.lang, { numeric: true });
  return [...rows].sort((a, b) => {
    const [x, y] = [sort(a), sort(b)];
    return (
      sign * (typeof x === "number" && typeof y === "number" ? x - y : words.compare(String(x), String(y)))
    );
  });
}
