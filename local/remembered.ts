/** How many results are kept. */
const KEPT = 1_000;

/** Makes the same of the same text once, as long as it is asked for among so many others. What is made must not be changed. */
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
