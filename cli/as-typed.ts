/**
 * A command as it can be typed again here: "nameplate list", or "npx nameplate list" for whoever came by npx or `npm run`, which put
 * nothing on the path of their shell.
 */
export const asTyped = (words: string, { npm_command: byNpm } = process.env): string =>
  `${byNpm ? 'npx ' : ''}nameplate ${words}`;
