/** How many results are kept; then all are made anew. */
const KEPT = 1_000;

/** A function that makes a result for a text once and gives it again for the same text. Whoever gets the result must not change it. */
export function remembered<Made>(make: (text: string) => Made): (text: string) => Made {
  const made = new Map<string, Made>();
  return (text) => {
    const known = made.get(text);
    if (known !== undefined) return known;
    if (made.size >= KEPT) made.clear();
    const fresh = make(text);
    made.set(text, fresh);
    return fresh;
  };
}
