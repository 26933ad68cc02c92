import { inflateRawSync } from 'node:zlib';

/** One file of an archive. */
export interface ZippedFile {
  /** "folder/index.mjs" */
  path: string;
  bytes: Buffer;
}

// Signatures and fields as PKWARE numbers them. Source: APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12, 4.3.16; checked 2026-11-22.
const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const STORED = 0;
const DEFLATED = 8;

/** Reads every file of a ZIP archive. Throws when it isn't one, is encrypted or leads out of its own folder. */
export function unzip(archive: Buffer): ZippedFile[] {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || archive.readUInt32LE(end) !== END_OF_DIRECTORY)
    throw new Error('Cannot read the archive: it is no ZIP');
  const files: ZippedFile[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    if (archive.readUInt32LE(at) !== DIRECTORY_ENTRY)
      throw new Error('Cannot read the archive: its directory is broken');
    const [pathBytes, extraBytes, commentBytes] = [28, 30, 32].map((field) => archive.readUInt16LE(at + field));
    const path = archive.toString('utf8', at + 46, at + 46 + (pathBytes ?? 0));
    if (!path.endsWith('/')) files.push({ path: safe(path), bytes: contentOf(archive, at) });
    at += 46 + (pathBytes ?? 0) + (extraBytes ?? 0) + (commentBytes ?? 0);
  }
  return files;
}

function contentOf(archive: Buffer, entry: number): Buffer {
  if (archive.readUInt16LE(entry + 8) & 1) throw new Error('Cannot read the archive: it is encrypted');
  const method = archive.readUInt16LE(entry + 10);
  const size = archive.readUInt32LE(entry + 20);
  const local = archive.readUInt32LE(entry + 42);
  const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  const packed = archive.subarray(start, start + size);
  if (method === STORED) return Buffer.from(packed);
  if (method === DEFLATED) return inflateRawSync(packed);
  throw new Error(`Cannot read the archive: it is packed by method ${method}`);
}

function safe(path: string): string {
  if (path.startsWith('/') || path.split(/[/\\]/).includes('..'))
    throw new Error(`Cannot read the archive: "${path}" leads out of it`);
  return path;
}
