import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { reportText } from '../../../cli/doctor/report-text.ts';
import { finding } from '../../../domain/doctor/finding.ts';
import type { Report } from '../../../domain/doctor/report.ts';

const report: Report = {
  name: 'shop.example.com',
  checkedAt: new Date('2026-11-29T12:00:00Z'),
  verdict: 'findings',
  findings: [
    finding('certificateExpired', {
      message: 'The certificate for "shop.example.com" expired on 2026-11-01',
      evidence: ['203.0.113.7: valid from 2026-08-03 00:00 UTC to 2026-11-01 00:00 UTC'],
      at: '203.0.113.7',
    }),
    finding('hstsMissing', { message: 'No Strict-Transport-Security header', at: '203.0.113.7' }),
  ],
  passed: [
    { check: 'delegation', message: '"com" delegates "example.com" to 4 name servers, and all answer', at: [] },
    { check: 'page', message: 'https://shop.example.com/ answers 200', at: ['203.0.113.7'] },
    { check: 'page', message: 'https://shop.example.com/ answers 200 (nginx)', at: ['203.0.113.8'] },
  ],
  unseen: [{ what: '2001:db8::7', why: 'IPv6 cannot be judged from here' }],
};
const options = { colors: false, seconds: 1.24, from: 'from this machine' };

describe('reportText()', () => {
  test('prints what is well, what could not be seen, and what is wrong with the fix', () => {
    expect(reportText(report, { ...options, columns: 80 })).toBe(`shop.example.com  2026-11-29 12:00 UTC

  ✔ Delegation   "com" delegates "example.com" to 4 name servers, and all answer
  ✔ Page         203.0.113.7: https://shop.example.com/ answers 200
  ✔              203.0.113.8: https://shop.example.com/ answers 200 (nginx)
  - Not seen     2001:db8::7: IPv6 cannot be judged from here

  ✖ certificateExpired at 203.0.113.7
    The certificate for "shop.example.com" expired on 2026-11-01
    seen  203.0.113.7: valid from 2026-08-03 00:00 UTC to 2026-11-01 00:00 UTC
    fix   Renew it, have the server load the new one, and find out why it was
          not renewed in time

  i hstsMissing at 203.0.113.7
    No Strict-Transport-Security header
    fix   Once all is well over https, send "Strict-Transport-Security:
          max-age=31536000"

  1 error, 1 thing to know (1.2 s, from this machine)
`);
  });

  test.each([60, 72, 100, 200])('fits into %d columns', (columns) => {
    const lines = reportText(report, { ...options, columns }).split('\n');
    expect(lines.filter(({ length }) => length > columns)).toEqual([]);
  });

  test('says the same with colours', () => {
    const coloured = reportText(report, { ...options, columns: 80, colors: true });
    expect(coloured).toContain('\u001b[');
    expect(stripVTControlCharacters(coloured)).toBe(reportText(report, { ...options, columns: 80 }));
  });

  test('S10: prints what servers say as text', () => {
    const said = {
      ...report,
      findings: [finding('pageFails', { message: 'x', evidence: ['\u001b]0;owned\u0007\r\nfake'] })],
    };
    expect(reportText(said, options)).toContain('\\u{1b}]0;owned\\u{7}\\u{d}\\u{a}fake');
  });

  test.each([
    ['healthy', 'Healthy (1.2 s'],
    ['notChecked', 'Could not be checked (1.2 s'],
  ] as const)('sums up "%s"', (verdict, words) => {
    expect(reportText({ ...report, verdict, findings: [] }, options)).toContain(`  ${words}`);
  });
});
