import { expect, test } from 'vitest';
import {
  IDENTITY_NAMES,
  identityMembers,
  labelMembers,
} from '../../../../src/format/machine/identity.ts';
import { toByteString } from '../../../../src/model/byte-string.ts';

function identity(comm: string, cmdline: string) {
  const rest = { askedPid: 7, state: 'S', startStack: 0, startTimeTicks: 1 };
  return identityMembers({ pid: 7, comm, cmdline, ...rest });
}

test.each([
  { cmdline: '', command: undefined },
  { cmdline: '\0', command: '' },
  { cmdline: 'prog\0', command: 'prog' },
  { cmdline: 'prog\0-a\0', command: 'prog -a' },
  { cmdline: 'prog\0-a\0\0\0', command: 'prog -a' },
  { cmdline: 'prog\0\0-a\0', command: 'prog  -a' },
  { cmdline: 'title of its own ', command: 'title of its own ' },
  { cmdline: 'a b\0\n\0', command: 'a b \n' },
  { cmdline: toByteString('é\0\u202e\0'), command: 'é \u202e' },
])('the command of $cmdline is $command', ({ cmdline, command }) => {
  expect(identity('prog', cmdline)).toEqual({ pid: 7, comm: 'prog', command });
});

test('bytes that are not UTF-8 are kept, those of a command as in /proc/PID/cmdline', () => {
  expect(identity('pr\xffog', 'prog\xff\0-a\0')).toEqual({
    pid: 7,
    comm: 'pr\ufffdog',
    comm_base64: 'cHL/b2c=',
    command: 'prog\ufffd -a',
    command_base64: 'cHJvZ/8ALWEA',
  });
  expect(Buffer.from('cHJvZ/8ALWEA', 'base64').toString('latin1')).toBe('prog\xff\0-a\0');
  expect(labelMembers('/tmp/\xff')).toEqual({ name: '/tmp/\ufffd', name_base64: 'L3RtcC//' });
});

test('the names of the members are listed in their order', () => {
  expect(Object.keys(identity('prog', 'prog\0'))).toEqual(IDENTITY_NAMES);
});

test('a command line of a million NULs is read quickly', () => {
  const beganMs = performance.now();
  expect(identity('prog', 'a'.padEnd(1e6, '\0')).command).toBe('a');
  expect(identity('prog', `${'\0'.repeat(1e6)}a\0`).command).toHaveLength(1e6 + 1);
  expect(performance.now() - beganMs).toBeLessThan(1000);
});
