/** "24", "1.5 h", "1,5" as the server keeps it; null for nothing, undefined for what is no number of hours. */
export function readHours(typed: string): string | null | undefined {
  const plain = typed
    .trim()
    .replace(/\s*(h|小时)$/i, "")
    .trim();
  if (!plain) return null;
  const grouped = /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain);
  const number = Number(grouped ? plain.replaceAll(",", "") : plain.replace(",", "."));
  return Number.isFinite(number) && number >= 0 && number < 100_000
    ? String(Math.round(number * 100) / 100)
    : undefined;
}
