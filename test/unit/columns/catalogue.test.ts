import { describe, expect, test } from 'vitest';
import { columnsHelp } from '../../../src/cli/options/columns-help.ts';
import { catalogue, findColumn } from '../../../src/columns/catalogue.ts';
import type { Column } from '../../../src/columns/column.ts';
import { columns } from '../../../src/columns/table.ts';
import { FieldVocabulary } from '../../../src/model/fields.ts';

const entries: readonly Column[] = Object.values(columns);

describe('the catalogue', () => {
  test("lists tsmap's own columns first, then the other fields of the kernel", () => {
    expect(
      catalogue()
        .map(({ id }) => id)
        .join(' '),
    ).toBe(
      'address end size rss pss uss shared dirty hugetlb mode perm offset device inode mappings ' +
        'kind mapping kernel_page_size mmu_page_size pss_dirty shared_clean shared_dirty ' +
        'private_clean private_dirty referenced anonymous ksm lazy_free anon_huge_pages ' +
        'shmem_pmd_mapped file_pmd_mapped shared_hugetlb private_hugetlb swap swap_pss locked ' +
        'thp_eligible protection_key vm_flags',
    );
  });

  test('accepts a field that is new to tsmap', () => {
    const vocabulary = new FieldVocabulary();
    vocabulary.slot('NewThing');
    expect(findColumn('NewThing', vocabulary)?.id).toBe('new_thing');
    expect(findColumn('NewThing')).toBeUndefined();
  });

  test.each(entries.filter(({ isLayoutOnly }) => !isLayoutOnly))(
    'has the entry $id of the table, which help lists',
    (column) => {
      expect(findColumn(column.id)).toBe(column);
      expect(columnsHelp()).toMatch(new RegExp(`^${column.id} +\\w+ +\\S`, 'm'));
    },
  );

  test.each(entries.filter(({ isLayoutOnly }) => isLayoutOnly))(
    "has no $id, which pmap's layouts alone use",
    ({ id }) => {
      expect(findColumn(id)).toBeUndefined();
    },
  );
});
