/** FHIR packages as .tgz: written so that equal content gives equal bytes, and read whole. */
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { create, list } from 'tar';

/**
 * Writes `files` in the order given. No time, owner or mode of this machine is kept. The archive takes its place
 * whole, so that whoever reads it meanwhile has the old one or the new one.
 * @param scratch folder for files on their way; made where missing.
 */
export async function writeArchive(
  archive: string,
  files: ReadonlyMap<string, string>,
  scratch: string,
): Promise<void> {
  await mkdir(scratch, { recursive: true });
  const cwd = await mkdtemp(path.join(scratch, 'package-'));
  // Beside the archive, for a rename does not cross file systems.
  const unfinished = `${archive}.${process.pid}`;
  try {
    for (const [name, content] of files) {
      await mkdir(path.dirname(path.join(cwd, name)), { recursive: true });
      await writeFile(path.join(cwd, name), content);
    }
    const reproducible = { portable: true, noPax: true, mtime: new Date(0), noDirRecurse: true };
    const gzip = { level: 9, portable: true };
    await create({ file: unfinished, cwd, gzip, ...reproducible }, [...files.keys()]);
    await rename(unfinished, archive);
  } finally {
    await rm(unfinished, { force: true });
    await rm(cwd, { recursive: true, force: true });
  }
}

/** Path in the archive → text, in the order of the archive. */
export async function readArchive(archive: string): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  await list({
    file: archive,
    strict: true,
    onReadEntry: (entry) => {
      const chunks: Buffer[] = [];
      entry.on('data', (chunk) => chunks.push(chunk));
      entry.on('end', () => files.set(entry.path, Buffer.concat(chunks).toString('utf8')));
    },
  });
  return files;
}
