import { authored } from './definition.ts';
import { pictureOf } from './picture.ts';

/** The pages that have pictures of workflows. */
export const PAGES = ['README.md', 'docs/workflows.md'] as const;

const PICTURE = /(<!-- (\w+), drawn from workflows\/ .*-->\n)```mermaid\n[\s\S]*?```\n/g;

/**
 * A page with its pictures of workflows and fragments as workflows/ has them.
 *
 * @throws {Error} a page without a comment and block that a picture is between
 */
export function withPictures(page: string): string {
  if (page.search(PICTURE) < 0) throw new Error('Cannot draw a workflow: the page has no place for a picture');
  return page.replace(
    PICTURE,
    (_, marker: string, name: string) => `${marker}\`\`\`mermaid\n${pictureOf(authored(name), authored)}\n\`\`\`\n`,
  );
}
