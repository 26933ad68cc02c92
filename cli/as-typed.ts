/**
 * A command as it can be typed again here: "nameplate list"; after npx or `npm run`, which put nothing on the shell's path, "npx nameplate list".
 */
export const asTyped = (words: string, { npm_command: byNpm } = process.env): string =>
  `${byNpm ? 'npx ' : ''}nameplate ${words}`;
