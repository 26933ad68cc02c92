import type { CloudFront } from '../cloudfront.ts';
import { PUBLICATION } from '../delays.ts';
import { newEtag } from '../ids.ts';
import type { EdgeFunction, Version } from './function.ts';
import { Program } from './program.ts';

/** Makes what is written what edge locations run: each of them has it at a time of its own. */
export function publish({ host, draws, edges }: CloudFront, found: EdgeFunction): Version {
  const { clock } = host;
  const live = { ...found.development, etag: newEtag(draws), modifiedAt: clock.now() };
  found.live = live;
  const program = new Program(live.code);
  for (const edge of edges) {
    const seconds = draws.seconds('cloudfront:publication', `${found.name} ${edge.pop}`, PUBLICATION);
    clock.after(seconds * 1000, () => {
      if (found.live === live) found.arrived.set(edge, program);
    });
  }
  return live;
}
