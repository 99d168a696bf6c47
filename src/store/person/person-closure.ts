/**
 * The tables `own` and `behind` of a recursive query: what is about the Patients of $1, who are all of one person, and
 * what lies behind that, of the types of $2 and at most $3 steps away (FOLLOWED_TYPES, MAX_STEPS). `also` adds rows
 * (type, id) to `own`. What names its patient by an identifier that somebody else carries too belongs to nobody.
 */
export function personClosure(also = ''): string {
  return `own (type, id) as (
         select 'Patient', id from unnest($1::text[]) as p (id)
         union
         select r.source_type, r.source_id from reference r
          where r.target_type = 'Patient' and r.target_id = any ($1::text[]) and r.is_subject
         union
         select n.source_type, n.source_id ${NAMED_BY_IDENTIFIER} and not ${SHARED}${also}),
       behind (type, id, step) as (
         select type, id, 0 from own
         union
         select e.target_type, e.target_id, b.step + 1
           from behind b
           join edge e on e.source_type = b.type and e.source_id = b.id
          where e.target_type = any ($2::text[]) and b.step < $3)`;
}

/** What names one of the Patients of $1 by an identifier. */
const NAMED_BY_IDENTIFIER = `from identifier i
           join identifier_reference n
             on n.system = i.system and n.value = i.value and n.target_type in ('', 'Patient') and n.is_subject
          where i.type = 'Patient' and i.id = any ($1::text[])`;

/** The identifier is that of a Patient who is not among those of $1. */
const SHARED = `exists (
            select from identifier o
             where o.type = 'Patient' and o.system = i.system and o.value = i.value and o.id <> all ($1::text[]))`;

/** Type and id of what may be about the Patients of $1 or about somebody else. */
export const AMBIGUOUS_SUBJECTS = `select distinct n.source_type as type, n.source_id as id
           ${NAMED_BY_IDENTIFIER} and ${SHARED}
          order by 1, 2`;
