import { personClosure } from './person-closure.ts';

/**
 * Common table expressions: those of `personClosure`, and `beside (type, id)`, what belongs to the person with what that
 * refers to, other patients and groups apart. A `with recursive` stands before them.
 */
export function personSurroundings(): string {
  return `${personClosure()},
       beside (type, id) as (
         select type, id from behind
         union
         select e.target_type, e.target_id
           from own o join edge e on e.source_type = o.type and e.source_id = o.id
          where e.target_type not in ('Patient', 'Group'))`;
}
