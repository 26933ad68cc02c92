/** Counts the designs of the page: with another number the pages of all sites are written anew. */
export const DESIGN = 2;
