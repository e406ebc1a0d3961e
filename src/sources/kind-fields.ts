import { KIND_FIELDS } from '../model/kind.ts';
import type { WantedFields } from '../proc/maps/mapping-reader.ts';

/**
 * Adds the fields that classification uses. If no other field of smaps is wanted, they are optional:
 * without smaps, reserved huge pages are recognised only by their names.
 */
export function withKindFields(wanted: WantedFields): WantedFields {
  if (wanted === 'all' || wanted === 'available') return wanted;
  if ('optional' in wanted) return { optional: [...wanted.optional, ...KIND_FIELDS] };
  if ('except' in wanted) {
    const fields: readonly string[] = KIND_FIELDS;
    return { except: wanted.except.filter((name) => !fields.includes(name)) };
  }
  return wanted.length === 0 ? { optional: KIND_FIELDS } : [...wanted, ...KIND_FIELDS];
}
