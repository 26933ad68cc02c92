import { readFile } from 'node:fs/promises';

/** What a site document writes where the demo's own instance is meant. */
export const INSTANCE = '$INSTANCE';

/** The demo's own site. */
export const demoSite: string = JSON.stringify({
  domain: 'shop.example.test',
  aliases: ['www.shop.example.test'],
  origin: { instance: { id: INSTANCE, port: 80, healthPath: '/' } },
  edge: 'load-balancer',
  http: 'redirect',
  access: ['0.0.0.0/0', '::/0'],
  directName: 'direct.shop.example.test',
});

/**
 * The text of a site document, as it lies in the file.
 *
 * @throws {Error} when there is no such file, or it isn't JSON
 */
export async function siteFile(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Error(
      `Cannot read the site file "${path}": ${error.code === 'ENOENT' ? 'there is no such file' : error.message}`,
    );
  });
  try {
    JSON.parse(text);
  } catch (error) {
    throw new Error(`Cannot use the site file "${path}": it is not JSON (${(error as Error).message})`);
  }
  return text;
}
