import type { Bypass } from './bypass.ts';

/**
 * The code of the CloudFront function that leads operators past the page, for the runtime cloudfront-js-2.0: ECMAScript 5.1, since what it
 * knows beyond that differs from feature to feature. It writes every address in eight groups of 16 bits, IPv4 as "::ffff:203.0.113.7".
 *
 * Source: CloudFront Developer Guide, "Helper methods for origin modification" and "JavaScript runtime 2.0 features"; checked 2026-11-30.
 */
export function bypassCode({ addresses, originId, host }: Bypass): string {
  const overrides = host === 'viewer' ? ", { hostHeader: request.headers.host.value.replace(/:\\d+$/, '') }" : '';
  return `import cf from 'cloudfront';

var OPERATORS = ${JSON.stringify(addresses)}.map(function (block) {
  var parts = block.split('/');
  return { groups: groupsOf(parts[0]), bits: Number(parts[1]) + (parts[0].indexOf(':') < 0 ? 96 : 0) };
});

function groupsOf(address) {
  var text = address.indexOf(':') < 0 ? '::ffff:' + address : address;
  var dotted = /(\\d+)\\.(\\d+)\\.(\\d+)\\.(\\d+)$/.exec(text);
  if (dotted) {
    var high = Number(dotted[1]) * 256 + Number(dotted[2]);
    var low = Number(dotted[3]) * 256 + Number(dotted[4]);
    text = text.slice(0, dotted.index) + high.toString(16) + ':' + low.toString(16);
  }
  var sides = text.split('::');
  var first = sides[0] === '' ? [] : sides[0].split(':');
  var last = sides.length < 2 || sides[1] === '' ? [] : sides[1].split(':');
  while (first.length + last.length < 8) first.push('0');
  return first.concat(last).map(function (group) { return parseInt(group, 16); });
}

function isIn(groups, block) {
  return block.groups.every(function (group, place) {
    var rest = 16 - Math.max(0, Math.min(16, block.bits - 16 * place));
    return groups[place] >> rest === group >> rest;
  });
}

function handler(event) {
  var request = event.request;
  var groups = groupsOf(event.viewer.ip);
  if (OPERATORS.some(function (block) { return isIn(groups, block); })) {
    cf.selectRequestOriginById('${originId}'${overrides});
  }
  return request;
}
`;
}
