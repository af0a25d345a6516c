const registered = new Map<string, string>();

/**
 * Registers a behaviour of the stand-in that is a guess: no specification and no public report settles it. Call it at
 * module level next to the code. The conformance suite prints how many there are.
 *
 * @param id stable name, `<area>/<behaviour>`
 */
export function unverified(id: string, behaviour: string): void {
  registered.set(id, behaviour);
}

/** Every registered guess, by id. */
export function unverifiedBehaviours(): ReadonlyMap<string, string> {
  return registered;
}
