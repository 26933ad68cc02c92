import * as z from 'zod/mini';

/** Source: EC2 User Guide, "Tag restrictions"; checked 2026-11-30. */
const MOST_TAGS = 50;
const MAX_KEY_CHARACTERS = 128;
const MAX_VALUE_CHARACTERS = 256;

/** "nameplate:site" and "nameplate:stack", which everything of a site bears. */
const OURS = 2;

/** AWS's own prefix, in upper and lower case, and ours: one of these tags says whose an instance is. */
const RESERVED = /^(aws|nameplate):/i;

const key = z.string().check(
  z.minLength(1),
  z.maxLength(MAX_KEY_CHARACTERS),
  z.refine((typed) => !RESERVED.test(typed), {
    error:
      'Must not begin with "aws:", which is reserved for AWS, nor with "nameplate:", which says whose a resource is',
  }),
);

/** Tags that a document asks for beside ours. */
export const launchTags = z.record(key, z.string().check(z.maxLength(MAX_VALUE_CHARACTERS))).check(
  z.refine((tags) => Object.keys(tags).length <= MOST_TAGS - OURS, {
    error: `Must be at most ${MOST_TAGS - OURS} tags: EC2 takes ${MOST_TAGS}, and ${OURS} are Nameplate's`,
  }),
  z.describe('Tags that it, its volume and its network interface are launched with, beside those of Nameplate'),
);
