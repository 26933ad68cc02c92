import { isUtf8 } from 'node:buffer';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { jsonError } from '../../../domain/problems/json-error.ts';
import { textProblems } from '../../../domain/problems/text-problems.ts';
import { Refusal } from './api.ts';

/** S11: no site needs more: a page of 100 kB as JSON, and the rest of a document. */
const MAX_BODY_BYTES = 192 * 1024;

/** The body of a request as text. Whatever its content type says: the document must be right, not the label. */
export function readBody({ body = '', isBase64Encoded }: APIGatewayProxyEventV2): string {
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > MAX_BODY_BYTES) {
    const detail = `Cannot take a body of ${bytes.length} bytes: ${MAX_BODY_BYTES} is the most`;
    throw new Refusal('too-large', detail);
  }
  if (!isUtf8(bytes) || !body.isWellFormed()) throw new Refusal('not-json', 'Cannot read the body: it is not UTF-8');
  return bytes.toString('utf8').replace(/^\ufeff/, '');
}

/** The document in the body, all of whose strings and keys are text. */
export function readJson(text: string): unknown {
  const document = parsed(text);
  const errors = textProblems(document);
  if (errors.length === 0) return document;
  throw new Refusal('invalid-text', 'Cannot use the body: some of its text cannot be used; nothing was changed', {
    errors,
  });
}

function parsed(text: string): unknown {
  if (text.trim() === '') throw new Refusal('not-json', 'Cannot read the body: it is empty; it must be JSON');
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const { line, column, detail } = jsonError(text) ?? { line: 1, column: 1, detail: 'it is not JSON' };
    throw new Refusal('not-json', `Cannot read the body as JSON: ${detail} at line ${line}, column ${column}`);
  }
}
