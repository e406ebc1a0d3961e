import { KIND_FIELDS } from '../model/kind.ts';
import type { WantedFields } from '../proc/maps/mapping-reader.ts';

/**
 * What has to be read so that mappings can be classified, besides what is `wanted`. Where nothing
 * else of smaps is wanted, maps will do if there is no smaps: reserved huge pages that have no name
 * to tell them by are not recognised then.
 */
export function withKindFields(wanted: WantedFields): WantedFields {
  if (wanted === 'all') return wanted;
  if ('optional' in wanted) return { optional: [...wanted.optional, ...KIND_FIELDS] };
  if ('except' in wanted) {
    const fields: readonly string[] = KIND_FIELDS;
    return { except: wanted.except.filter((name) => !fields.includes(name)) };
  }
  return wanted.length === 0 ? { optional: KIND_FIELDS } : [...wanted, ...KIND_FIELDS];
}
