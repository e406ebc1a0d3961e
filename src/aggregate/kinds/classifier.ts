import type { ByteString } from '../../model/byte-string.ts';
import type { Kind } from '../../model/kind.ts';
import type { KindEvidence } from '../../model/kind-evidence.ts';
import type { Mapping } from '../../model/mapping.ts';
import type { Facts, LoadedFile, Previous } from './facts.ts';
import {
  FILE_RULES,
  FIRST_RULES,
  type FactRule,
  type KindRule,
  NAME_RULES,
  NAMELESS_RULES,
} from './rules.ts';
import { arenaEnd, guardBytesOf, isArenaStart, mayBeMerged } from './thread-stack.ts';

/** The kind of a mapping, and the file or label under which it is grouped with others. */
export interface Classified {
  readonly kind: Kind;
  readonly owner: ByteString;
  /** The rule that decided; undefined if the kind was recorded. */
  readonly rule: KindRule | undefined;
}

const NOTHING: Previous = {
  end: -1,
  file: undefined,
  guardBytes: 0,
  isArena: false,
  namedArenaEnd: 0,
};

const NAMED_ARENA = '[anon: glibc: malloc arena]';

/** A name, and the rule for it; undefined if the permissions of the file decide. */
interface Named {
  readonly name: ByteString;
  readonly sharing: string;
  readonly deviceMajor: number;
  readonly rule: KindRule | undefined;
}

/**
 * Determines the kinds of the mappings of ONE process by the table of rules. It must see all of them, in
 * the order of addresses, since some kinds depend on the previous mapping.
 *
 * The owner is the kernel's name, unchanged. ` (deleted)` stays, since a replaced library and its
 * replacement are two files. Memory without a name has the owner `[anon]`, a bss the name of its file
 * followed by ` [bss]`, and thread stacks that may be several in one mapping `[thread stacks]`.
 */
export class KindClassifier {
  readonly #evidence: KindEvidence;
  #previous = NOTHING;
  /** The last mapping of a file of which a bss may follow. */
  #lastFile: LoadedFile | undefined;
  /** The last file, and whether its code was seen. No name begins with `\0`. */
  #file = { identity: '\0', hasCode: false, firstStart: 0 };
  /** Neighbours often have the same name. */
  #named: Named = { name: '\0', sharing: '', deviceMajor: 0, rule: undefined };

  constructor(evidence: KindEvidence) {
    this.#evidence = evidence;
  }

  /** The kind and the owner of the next mapping. */
  classify(mapping: Mapping): Classified {
    const { start, end, name, perms } = mapping;
    const previous = this.#previous.end === start ? this.#previous : NOTHING;
    if (name !== '') this.#meetFile(mapping, name, perms);
    const { hasCode } = this.#file;
    const evidence = this.#evidence;
    const recorded = evidence.keepsKinds === true ? mapping.kind : undefined;
    const lastFile = this.#lastFile;
    const facts = { mapping, name, perms, previous, lastFile, evidence, hasCode };
    const rule = recorded === undefined ? this.#ruleFor(facts) : undefined;
    const kind = recorded ?? (rule as KindRule).kind;
    const isNameless = name === '';
    const isWritable = perms === 'rw-p';
    const file = this.#loadedFile(mapping, kind, name, perms);
    if (name !== '') this.#lastFile = file;
    this.#previous = {
      end,
      file,
      guardBytes: isNameless && perms === '---p' ? guardBytesOf(mapping, previous) : 0,
      isArena: isNameless && isWritable && isArenaStart(start),
      namedArenaEnd: namedArenaEnd(mapping, name, kind, previous),
    };
    return { kind, owner: ownerOf(facts, kind), rule };
  }

  #ruleFor(facts: Facts): KindRule {
    const first = firstThatApplies(FIRST_RULES, facts);
    if (first !== undefined) return first;
    const { mapping, name, perms } = facts;
    if (name === '') return firstThatApplies(NAMELESS_RULES, facts) as KindRule;
    const named = isLoaded(facts) ? undefined : this.#ruleOfName(mapping, name, perms);
    return named ?? (firstThatApplies(FILE_RULES, facts) as KindRule);
  }

  #ruleOfName({ deviceMajor }: Mapping, name: ByteString, perms: string): KindRule | undefined {
    const known = this.#named;
    const sharing = perms[3] ?? '';
    if (name !== known.name || sharing !== known.sharing || deviceMajor !== known.deviceMajor) {
      const rule = NAME_RULES.find(
        (one) =>
          (one.sharing === undefined || one.sharing === sharing) &&
          (one.isKernelMount !== true || deviceMajor === 0) &&
          one.name.test(name),
      );
      this.#named = { name, sharing, deviceMajor, rule };
    }
    return this.#named.rule;
  }

  #meetFile({ start, inode, deviceMajor, deviceMinor }: Mapping, name: ByteString, perms: string) {
    if (name.startsWith('[')) return;
    const identity = `${deviceMajor}:${deviceMinor}:${inode}:${name}`;
    if (this.#file.identity !== identity) {
      this.#file = { identity, hasCode: false, firstStart: start };
    }
    if (perms[2] === 'x') this.#file.hasCode = true;
  }

  /** The file whose bss may begin where the mapping ends. */
  #loadedFile(
    { start, end, offset, deviceMajor, deviceMinor, inode }: Mapping,
    kind: Kind,
    name: ByteString,
    perms: string,
  ): LoadedFile | undefined {
    if (!isFileKind(kind) || perms[3] !== 'p') return undefined;
    const { firstStart, hasCode } = this.#file;
    return { start, end, offset, deviceMajor, deviceMinor, inode, name, firstStart, hasCode };
  }
}

/** A loop: find() with a closure costs a tenth of a summary of 64,000 mappings. */
function firstThatApplies(rules: readonly FactRule[], facts: Facts): KindRule | undefined {
  for (const rule of rules) {
    if (rule.applies(facts)) return rule;
  }
  return undefined;
}

/** Whether the mapping is of a memfd, or of a file anywhere, that the program is executed from. */
function isLoaded({ name, perms, evidence, hasCode }: Facts): boolean {
  const isMemfd = name.startsWith('/memfd:');
  if (name === evidence.program) return isMemfd || !name.endsWith(' (deleted)');
  return isMemfd && hasCode && perms[3] === 'p';
}

function isFileKind(kind: Kind): boolean {
  return kind === 'code' || kind === 'data' || kind === 'read-only-data' || kind === 'deleted';
}

function namedArenaEnd({ start, end }: Mapping, name: ByteString, kind: Kind, before: Previous) {
  if (name === NAMED_ARENA) return arenaEnd(end);
  return kind === 'heap' && name === '' && start < before.namedArenaEnd ? before.namedArenaEnd : 0;
}

function ownerOf({ mapping, name, previous, lastFile }: Facts, kind: Kind): ByteString {
  if (name !== '') return kind === 'stack' ? '[stack]' : name;
  if (kind === 'bss') return lastFile === undefined ? '[bss]' : `${lastFile.name} [bss]`;
  if (kind === 'heap') return NAMED_ARENA;
  if (kind === 'thread-stack' && mayBeMerged(mapping, previous)) return '[thread stacks]';
  return kind === 'stack' ? '[stack]' : '[anon]';
}
