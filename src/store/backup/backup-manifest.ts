/** `manifest.json` of a backup: what it holds, and how to tell that it is whole. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { type CartographError, rejection } from '../../core/cartograph-error.ts';

export interface BackedUpTable {
  readonly name: string;
  readonly columns: readonly string[];
  /** COPY text, gzip. */
  readonly file: string;
  readonly rows: number;
  /** Of the file, in hexadecimal digits. */
  readonly sha256: string;
}

export interface BackupManifest {
  readonly format: 2;
  readonly software: string;
  readonly createdAt: string;
  /** Numbers of the migrations that made its tables. */
  readonly migrations: readonly number[];
  readonly tables: readonly BackedUpTable[];
  /** Last numbers given out by identity columns. */
  readonly sequences: readonly { readonly table: string; readonly column: string; readonly last: string }[];
  /** Of the JSON of all the rest, in hexadecimal digits. */
  readonly sha256: string;
}

export function sealManifest(content: Omit<BackupManifest, 'sha256'>): BackupManifest {
  return { ...content, sha256: createHash('sha256').update(JSON.stringify(content)).digest('hex') };
}

export const MANIFEST = 'manifest.json';

const NAME = { type: 'string', pattern: '^[a-z_][a-z0-9_]{0,62}$' };
const isManifest = new Ajv2020().compile<BackupManifest>({
  type: 'object',
  required: ['format', 'software', 'createdAt', 'migrations', 'tables', 'sequences', 'sha256'],
  properties: {
    format: { const: 2 },
    software: { type: 'string' },
    createdAt: { type: 'string' },
    migrations: { type: 'array', items: { type: 'integer' }, minItems: 1 },
    tables: {
      type: 'array',
      items: {
        type: 'object',
        required: ['name', 'columns', 'file', 'rows', 'sha256'],
        properties: {
          name: NAME,
          columns: { type: 'array', items: NAME, minItems: 1 },
          file: { type: 'string', pattern: '^[a-z0-9_]+\\.copy\\.gz$' },
          rows: { type: 'integer', minimum: 0 },
          sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' },
        },
      },
    },
    sequences: {
      type: 'array',
      items: {
        type: 'object',
        required: ['table', 'column', 'last'],
        properties: { table: NAME, column: NAME, last: { type: 'string', pattern: '^\\d{1,19}$' } },
      },
    },
  },
});

/** Throws `file-unreadable` or `backup-invalid`. */
export async function readManifest(folder: string): Promise<BackupManifest> {
  const file = join(folder, MANIFEST);
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw rejection('file-unreadable', 'There is no backup in that folder', {
      expected: `a folder with ${MANIFEST}`,
      cause,
    });
  });
  const content = parse(text);
  if (isManifest(content)) {
    const { sha256, ...rest } = content;
    if (sealManifest(rest).sha256 === sha256) return content;
    throw invalidBackup(MANIFEST, 'another content than its checksum says');
  }
  const [error] = isManifest.errors ?? [];
  throw invalidBackup(MANIFEST, `${error?.instancePath ?? ''} ${error?.message ?? 'no JSON'}`);
}

export function invalidBackup(file: string, found: string): CartographError {
  return rejection('backup-invalid', `${file} of the backup: found ${found}`, {
    expression: file,
    found,
    expected: 'the file as the backup wrote it',
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
