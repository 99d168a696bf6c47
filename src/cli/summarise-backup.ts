import type { BackupManifest } from '../store/backup/backup-manifest.ts';

/** What the commands say of a backup. */
export function summariseBackup({ createdAt, software, migrations, tables }: BackupManifest): object {
  const rows = Object.fromEntries(tables.map(({ name, rows: count }) => [name, count]));
  return { createdAt, software, migrations, rows };
}
