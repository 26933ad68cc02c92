import { authored } from './definition.ts';
import { pictureOf } from './picture.ts';

const PICTURE = /(<!-- Drawn from workflows\/ .*-->\n)```mermaid\n[\s\S]*?```\n/;

/**
 * The README with the picture of the onboarding as workflows/ has it.
 *
 * @throws {Error} a README without the comment and block that the picture is between
 */
export function withPicture(readme: string): string {
  if (!PICTURE.test(readme)) throw new Error('Cannot draw the workflow: README.md has no place for its picture');
  return readme.replace(
    PICTURE,
    (_, marker: string) => `${marker}\`\`\`mermaid\n${pictureOf(authored('Onboard'), authored)}\n\`\`\`\n`,
  );
}
