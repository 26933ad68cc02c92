import { describe, expect, test } from '@jest/globals';
import { siteSchema } from '../../cli/site-schema.ts';
import { editing } from '../../console/document/editing.ts';
import { fromLines, toLines } from '../../console/document/line-values.ts';
import { valueAt, withValue } from '../../console/document/place.ts';
import { beginning, labelOf, type Schema, variantAt, variantsOf } from '../../console/document/schema.ts';

const schema = siteSchema() as Schema;
const field = (name: string): Schema => schema.properties?.[name] ?? {};

describe('a value of a document', () => {
  test('is set where it is, and every other field keeps its place', () => {
    const document = { domain: 'a', origin: { instance: { id: 'i', port: 80 } }, edge: 'direct' };
    const next = withValue(document, ['origin', 'instance', 'port'], 8080);
    expect(JSON.stringify(next)).toBe('{"domain":"a","origin":{"instance":{"id":"i","port":8080}},"edge":"direct"}');
    expect(document.origin.instance.port).toBe(80);
  });

  test('is left out by undefined, and an object that is empty then stays: it says something', () => {
    expect(withValue({ failover: { page: {} } }, ['failover', 'page'], undefined)).toEqual({ failover: {} });
  });

  test('is found at its path, and nothing inside of a word or a list', () => {
    expect(valueAt({ dns: 'external', aliases: ['a'] }, ['dns', 'role'])).toBeUndefined();
    expect(valueAt({ aliases: ['a'] }, ['aliases', '0'])).toBeUndefined();
    expect(valueAt({ dns: { role: 'r' } }, ['dns', 'role'])).toBe('r');
  });
});

describe('the forms of a field', () => {
  test('are the words of an enumeration and the kinds of object that the API takes', () => {
    const labels = (name: string) => variantsOf(field(name)).map(({ label }) => label);
    expect(labels('origin')).toEqual(['Instance', 'New instance', 'Load balancer', 'Server']);
    expect(labels('dns')).toEqual(['route53', 'external', 'Role']);
    expect(labels('certificate')).toEqual(['acme', 'export', 'ARN or Imported']);
  });

  test.each(['origin', 'dns', 'certificate'])('of "%s" are each known by the value that they begin with', (name) => {
    const variants = variantsOf(field(name));
    for (const [place, { value }] of variants.entries()) expect(variantAt(variants, value)).toBe(place);
    expect(variantAt(variants, undefined)).toBe(-1);
    expect(variantAt(variants, 'none of these')).toBe(-1);
  });

  test('begin with what they need, empty', () => {
    expect(beginning(schema)).toEqual({ domain: '', origin: { instance: { id: '' } } });
    expect(variantsOf(field('origin')).at(-1)?.value).toEqual({ server: { address: '' } });
    expect(beginning(field('failover'))).toEqual({});
  });
});

test('the name of a field is read as words', () => {
  expect(['healthPath', 'arn', 'loadBalancer', 'edge'].map(labelOf)).toEqual([
    'Health path',
    'ARN',
    'Load balancer',
    'Edge',
  ]);
});

test('lines are a list or named values, and nothing where there are none', () => {
  expect(fromLines(' a \n\nb', true)).toEqual(['a', 'b']);
  expect(fromLines('a=b=c\nd', false)).toEqual({ a: 'b=c', d: '' });
  expect(fromLines(' \n', true)).toBeUndefined();
  expect([toLines(['a', 'b']), toLines({ a: 'b' }), toLines(undefined)]).toEqual(['a\nb', 'a=b', '']);
});

describe('a document that is written', () => {
  const begun = () => {
    const changes: object[] = [];
    const written = editing({ domain: 'a.example', origin: { instance: { id: '' } } }, () =>
      changes.push(written.document()),
    );
    return { written, changes };
  };

  test('has a field in its text as soon as it is set, and a text in its fields', () => {
    const { written, changes } = begun();
    written.set(['edge'], 'direct');
    expect(JSON.parse(written.text.value)).toEqual({ ...(changes[0] as object), edge: 'direct' });
    written.setText('{"domain":"b.example"}');
    expect([written.at(['domain']), written.at(['edge']), changes.length]).toEqual(['b.example', undefined, 2]);
  });

  test.each([
    ['{"domain": "b.example",', /^Not JSON: it ends too early at line 1, column 24; the form follows once it is$/],
    ['[]', /^Must be an object/],
  ])('says where %j is no document, and keeps the fields', (text, sentence) => {
    const { written } = begun();
    written.setText(text);
    expect(written.broken.value).toMatch(sentence);
    expect([written.text.value, written.at(['domain'])]).toEqual([text, 'a.example']);
    written.set(['domain'], 'c.example');
    expect(written.broken.value).toBeUndefined();
  });

  test('has what the API refused at a field until that field is changed', () => {
    const { written } = begun();
    const refused = ['#/domain', '#/aliases/0', '#/aliases/1'].map((pointer) => ({ pointer, detail: 'No' }));
    written.refuse(refused);
    written.set(['aliases'], ['x']);
    expect(written.errors.value).toEqual([refused[0]]);
  });
});
