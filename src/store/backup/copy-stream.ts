/**
 * PostgreSQL's COPY as streams. The driver has the messages of the protocol and hands them to whatever query is being
 * run, but has no such query itself; this is one. A boundary: the driver's types say nothing of it.
 */
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import pg from 'pg';

interface CopyConnection extends pg.Connection {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(message: string): void;
}

/** Writes what `copy … to stdout` gives, no faster than it is taken. Answers how many rows that were. */
export function copyOut(client: pg.Client, statement: string, into: Writable): Promise<number> {
  return new Promise((done, fail) => {
    let rows = 0;
    let failure: unknown;
    let connection: pg.Connection | undefined;
    const goOn = (): void => {
      connection?.stream.resume();
    };
    into.on('drain', goOn);
    const end = (): void => {
      into.off('drain', goOn);
      // The end may have come in one piece with what filled the target.
      goOn();
      if (failure === undefined) done(rows);
      else fail(failure);
    };
    client.query({
      submit: (used: pg.Connection) => {
        connection = used;
        used.query(statement);
      },
      handleCopyData: ({ chunk }: { readonly chunk: Buffer }) => {
        // The parser uses its buffer again.
        if (!into.write(Buffer.from(chunk))) connection?.stream.pause();
      },
      handleCommandComplete: ({ text }: { readonly text: string }) => {
        rows = rowsOf(text);
      },
      handleError: (error: unknown) => {
        failure = error;
        if (!isOfServer(error)) end();
      },
      handleReadyForQuery: end,
    });
  });
}

/** Feeds `copy … from stdin`. Answers how many rows were stored; rejects with what the source or PostgreSQL says. */
export function copyIn(client: pg.Client, statement: string, source: AsyncIterable<Buffer>): Promise<number> {
  return new Promise((done, fail) => {
    let rows = 0;
    let failure: unknown;
    const end = (): void => {
      if (failure === undefined) done(rows);
      else fail(failure);
    };
    client.query({
      submit: (used: pg.Connection) => used.query(statement),
      handleCopyInResponse: (used: CopyConnection) => {
        feed(used, source, () => failure !== undefined).catch((error: unknown) => {
          failure ??= error;
          used.sendCopyFail('the source has failed');
        });
      },
      handleCommandComplete: ({ text }: { readonly text: string }) => {
        rows = rowsOf(text);
      },
      handleError: (error: unknown) => {
        failure ??= error;
        if (!isOfServer(error)) end();
      },
      handleReadyForQuery: end,
    });
  });
}

async function feed(
  connection: CopyConnection,
  source: AsyncIterable<Buffer>,
  isOver: () => boolean,
): Promise<void> {
  for await (const chunk of source) {
    if (isOver()) return;
    connection.sendCopyFromChunk(chunk);
    if (connection.stream.writableNeedDrain) await once(connection.stream, 'drain');
  }
  connection.endCopyFrom();
}

/** An error that PostgreSQL tells is followed by its being ready again; a lost connection is followed by nothing. */
function isOfServer(error: unknown): boolean {
  return error instanceof pg.DatabaseError;
}

function rowsOf(commandTag: string): number {
  return Number(/^COPY (\d+)$/.exec(commandTag)?.[1] ?? 0);
}
