/** Prints one figure beside its limit. Returns whether it is within. */
export function figure(name: string, value: number, limit: number, unit = ""): boolean {
  const isWithin = value <= limit;
  console.log(
    `${name.padEnd(52)} ${String(value).padStart(7)}${unit}  (at most ${limit}${unit}) ${isWithin ? "ok" : "TOO MUCH"}`,
  );
  return isWithin;
}

/** Prints how many times shorter `ours` is than `baseline`, measured in the same run. */
export function ratio(name: string, baseline: number, ours: number, least: number): boolean {
  const times = baseline / ours;
  const isEnough = times >= least;
  console.log(
    `${name.padEnd(52)} ${times.toFixed(1).padStart(7)} x (at least ${least}; ${Math.round(ours)} ms against ${Math.round(baseline)} ms) ${isEnough ? "ok" : "TOO LITTLE"}`,
  );
  return isEnough;
}
