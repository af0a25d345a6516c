/** `9,791.67`: comma between thousands, point before decimals, in every locale. */
export function formatNumber(value: number, decimals = 0): string {
  if (!Number.isFinite(value) || Math.abs(value) >= 1e21)
    throw new RangeError(`not a printable number: ${value}`);
  const rounded = roundHalfUp(Math.abs(value), decimals).toFixed(decimals);
  const [whole = "0", fraction] = rounded.split(".");
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/gu, ",");
  const sign = value < 0 && Number(rounded) !== 0 ? "-" : "";
  return `${sign}${grouped}${fraction === undefined ? "" : `.${fraction}`}`;
}

/** Binary fractions lie just below the half that people typed (1.005): the nudge stays far below the last digit, of huge amounts too. */
function roundHalfUp(value: number, decimals: number): number {
  const factor = 10 ** decimals;
  const scaled = value * factor;
  return Math.round(scaled + Math.min(scaled * Number.EPSILON, 1e-4)) / factor;
}
