/** A number as replies show it: `50,000`, `0.7`. */
export function figure(value: number): string {
  return new Intl.NumberFormat("en-US", { maximumFractionDigits: 6 }).format(value);
}
