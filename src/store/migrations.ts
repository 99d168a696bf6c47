/** The schema, as numbered forward steps. A step that has been released is never changed. */

export interface Migration {
  readonly number: number;
  readonly title: string;
  readonly sql: string;
}

/** Which steps have been taken. */
export const MIGRATION_TABLE = `create table if not exists schema_migration (
  number integer primary key, title text not null, applied_at timestamptz not null default now())`;

export const MIGRATIONS: readonly Migration[] = [
  {
    number: 1,
    title: 'resources, what they refer to, persons and their records',
    sql: `
      -- Current version of every resource, as FHIR JSON with meta.versionId and meta.lastUpdated filled in.
      create table resource (
        type text not null,
        id text not null,
        version integer not null,
        site text not null,
        digest text not null,
        last_updated timestamptz not null,
        content json not null,
        primary key (type, id)
      );
      -- Versions that a later one has replaced.
      create table resource_history (
        type text not null,
        id text not null,
        version integer not null,
        site text not null,
        last_updated timestamptz not null,
        content json not null,
        primary key (type, id, version)
      );
      -- Business identifiers of current versions; system is empty where none is given.
      create table identifier (
        type text not null,
        system text not null,
        value text not null,
        id text not null,
        primary key (type, system, value, id)
      );
      create index identifier_of_resource on identifier (type, id);
      -- References of current versions by type and id; what they name need not be here.
      create table reference (
        source_type text not null,
        source_id text not null,
        target_type text not null,
        target_id text not null,
        is_subject boolean not null,
        primary key (source_type, source_id, target_type, target_id, is_subject)
      );
      create index reference_to on reference (target_type, target_id, is_subject);
      -- References of current versions by identifier alone; target_type is empty where none is given.
      create table identifier_reference (
        source_type text not null,
        source_id text not null,
        target_type text not null,
        system text not null,
        value text not null,
        is_subject boolean not null,
        primary key (source_type, source_id, target_type, system, value, is_subject)
      );
      create index identifier_reference_to on identifier_reference (system, value);
      -- Both kinds of reference, with what they lead to.
      create view edge as
        select source_type, source_id, target_type, target_id, is_subject from reference
        union all
        select r.source_type, r.source_id, i.type, i.id, r.is_subject
          from identifier_reference r
          join identifier i on i.system = r.system and i.value = r.value and r.target_type in ('', i.type);
      create index identifier_by_value on identifier (system, value);
      -- Which person a Patient is: the smallest Patient id of those that are joined.
      create table patient_person (
        patient_id text not null primary key,
        person_id text not null,
        identity json not null,
        in_conflict boolean not null
      );
      create index patient_of_person on patient_person (person_id);
      -- Patients whose record may be old. Rows are only added and removed, so that writers never wait for each other.
      create table stale_patient (
        seq bigint generated always as identity primary key,
        patient_id text not null,
        since timestamptz not null default clock_timestamp()
      );
      create index stale_by_patient on stale_patient (patient_id);
      create table cohort_record (
        person_id text not null primary key,
        built_with text not null,
        built_at timestamptz not null default clock_timestamp(),
        courses integer not null,
        record json not null
      );
    `,
  },
  {
    number: 2,
    title: 'deletion, and what resources are found by',
    sql: `
      -- A version without content says that the resource was deleted.
      alter table resource_history alter column content drop not null;
      create index history_by_time on resource_history (type, last_updated);
      alter table resource
        -- Place in every search result, for it never changes.
        add column seq bigint generated always as identity,
        -- Hashes of the words it is found by.
        add column tokens bigint[] not null default '{}';
      create unique index resource_by_seq on resource (type, seq);
      create index resource_by_token on resource using gin (tokens);
      create index resource_by_time on resource (type, last_updated);
      -- Search parameters that the reference is a value of.
      alter table reference add column parameters text[] not null default '{}';
      create table search_date (
        type text not null,
        parameter text not null,
        low timestamptz not null,
        high timestamptz not null,
        seq bigint not null,
        primary key (type, parameter, low, high, seq)
      );
      create index search_date_of on search_date (seq);
      create table search_quantity (
        type text not null,
        parameter text not null,
        dimension text not null,
        canonical_low double precision not null,
        canonical_high double precision not null,
        seq bigint not null,
        system text not null,
        code text not null,
        unit text not null,
        low double precision not null,
        high double precision not null,
        -- Hashes of the codes that stand beside it.
        concepts bigint[] not null,
        primary key (type, parameter, dimension, canonical_low, canonical_high, seq, unit, concepts)
      );
      create index search_quantity_of on search_quantity (seq);
      create table search_string (
        type text not null,
        parameter text not null,
        value text collate "C" not null,
        seq bigint not null,
        primary key (type, parameter, value, seq)
      );
      create index search_string_of on search_string (seq);
      -- What the rows above were made with, so that a service with other definitions knows to make them anew.
      create table search_state (
        id integer primary key check (id = 1),
        indexed_with text not null
      );
    `,
  },
  {
    number: 3,
    title: 'bulk jobs and what they write',
    sql: `
      -- What was asked for, and how far it is; who does the work is the business of the queue (schema job_queue).
      create table bulk_job (
        id uuid not null primary key,
        kind text not null,
        -- Name of the caller's registration: nobody else sees the job.
        caller text not null,
        site text not null,
        -- URL of the kick-off request.
        request text not null,
        parameters json not null,
        status text not null default 'waiting',
        -- Raised whenever the work begins anew: who holds an older number writes no more.
        epoch integer not null default 0,
        -- Times that the work was begun since it last got anywhere.
        attempts integer not null default 0,
        progress json not null default '{}',
        transaction_time timestamptz,
        -- Findings that say why it failed.
        failure json,
        created_at timestamptz not null,
        finished_at timestamptz,
        expires_at timestamptz
      );
      create index bulk_job_by_expiry on bulk_job (expires_at);
      -- Pieces of the files of a job: whole lines of NDJSON.
      create table bulk_chunk (
        job_id uuid not null references bulk_job on delete cascade,
        file integer not null,
        seq integer not null,
        -- output, deleted or error.
        list text not null,
        type text not null,
        -- Of the resources, one a line; none where the lines are no stored resources.
        ids text[] not null,
        lines integer not null,
        content text not null,
        primary key (job_id, file, seq)
      );
    `,
  },
  {
    number: 4,
    title: 'messages that were processed',
    sql: `
      create table processed_message (
        site text not null,
        -- Of the MessageHeader; the sender gives it to no other message.
        id text not null,
        -- Of what the message brought.
        digest text not null,
        -- The message that answered: a header and an outcome, nothing of a patient.
        response json not null,
        processed_at timestamptz not null,
        primary key (site, id)
      );
      create index processed_message_by_time on processed_message (processed_at);
    `,
  },
  {
    number: 5,
    title: 'since when every version is kept',
    sql: `
      create table version_horizon (
        id integer primary key check (id = 1),
        -- What was current at this instant or later is all there; of earlier times something may be missing.
        kept_since timestamptz not null
      );
    `,
  },
  {
    number: 6,
    title: 'identifiers by their value alone',
    sql: `
      -- Serves what the index that it replaces did, and a value of whatever system; so a write has no more to do.
      create index identifier_by_value_first on identifier (value, system);
      drop index identifier_by_value;
    `,
  },
  {
    number: 7,
    title: 'dates that last a day or longer, by their end',
    sql: `
      alter table search_date add column is_long boolean not null default false;
      update search_date set is_long = true
       where case when isfinite(low) and isfinite(high) then high - low >= interval '1 day' else true end;
      create index search_date_by_end on search_date (type, parameter, high) where is_long;
    `,
  },
  {
    number: 8,
    title: 'tokens of CDS clients that were used',
    sql: `
      create table spent_token (
        -- Of issuer and id of the token: what clients choose as an id is theirs.
        digest bytea not null primary key,
        expires_at timestamptz not null
      );
      create index spent_token_by_expiry on spent_token (expires_at);
    `,
  },
];
