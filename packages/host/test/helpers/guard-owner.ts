/** A daemon with one guard: `guard-owner.ts PID START-TICKS FILE UNTIL-BOOT-NS`. Says the guard's process, and stays. */
import {GuestGuard} from '../../src/guard/guest-guard.ts';

const [, , pid = '', startTicks = '', file = '', untilBootNs = ''] = process.argv;
const guard = await GuestGuard.open({
	guest: {pid: Number(pid), startTicks},
	file,
	known: undefined,
	untilBootNs: BigInt(untilBootNs),
	side: 'sender',
});
process.stdout.write(`${JSON.stringify(await guard.watch())}\n`);
setInterval(() => undefined, 60_000);
