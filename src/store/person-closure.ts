/**
 * The tables `own` and `behind` of a recursive query: what is about the Patients of $1, and what lies behind that, of
 * the types of $2 and at most $3 steps away (FOLLOWED_TYPES, MAX_STEPS). `also` adds rows (type, id) to `own`.
 */
export function personClosure(also = ''): string {
  return `own (type, id) as (
         select 'Patient', id from unnest($1::text[]) as p (id)
         union
         select e.source_type, e.source_id from edge e
          where e.target_type = 'Patient' and e.target_id = any ($1::text[]) and e.is_subject${also}),
       behind (type, id, step) as (
         select type, id, 0 from own
         union
         select e.target_type, e.target_id, b.step + 1
           from behind b
           join edge e on e.source_type = b.type and e.source_id = b.id
          where e.target_type = any ($2::text[]) and b.step < $3)`;
}
