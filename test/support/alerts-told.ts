interface AlertTold {
  domain: string;
  /** "Raised portRefused" */
  words: string;
}

/** The alerts among what the topic was given, by the first lines that people read. */
export function alertsTold(published: readonly { message: string }[]): AlertTold[] {
  return published.flatMap(({ message }) => {
    const [, how, domain, code] = /Alert (\w+): ([\w.-]+)[\s\S]*?, (\w+)\)/.exec(message) ?? [];
    return domain === undefined ? [] : [{ domain, words: `${how} ${code}` }];
  });
}
