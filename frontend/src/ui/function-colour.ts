const SHIPPED = new Set(["account", "sales", "marketing", "support", "operations", "management"]);

/**
 * The colour of a function as text. Shipped functions name a role; an administrator's own hex is pulled towards
 * black or white until it can be read on its surface.
 */
export function functionColour(color: string | undefined): string {
  if (!color) return "var(--ink-faint)";
  if (SHIPPED.has(color)) return `var(--function-${color})`;
  if (!/^#[0-9a-f]{6}$/i.test(color)) return "var(--function-management)";
  return `light-dark(color-mix(in oklab, ${color} 62%, #10131a), color-mix(in oklab, ${color} 62%, #ffffff))`;
}
