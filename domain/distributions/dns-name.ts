/** "d111111abcdef8.cloudfront.net", and the same in China. */
const DISTRIBUTION = /^[^.]+\.cloudfront\.(net|cn)\.?$/i;

/** Whether a name is a distribution's own. */
export const isDistributionName = (name: string): boolean => DISTRIBUTION.test(name);
