import type { Host } from '../../host.ts';

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** An id as API Gateway makes them: "a1b2c3d4e5". */
export function newId(host: Host, kind: string, length: number): string {
  const draw = (): number => Math.floor(host.draws.fraction(`apigateway:${kind}`) * letters.length);
  return Array.from({ length }, () => letters[draw()]).join('');
}
