import {writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {Lab} from '../src/lab/lab.ts';
import {ProtectedGuest} from '../src/protection/protected-guest.ts';
import {libxcLayerOf} from './helpers/libxc-layer.ts';
import {xenVerify, xenVerifyRepaired} from './helpers/peers.ts';

const GUEST = '--memory 32MiB --content text --pattern hot-set --hot 4MiB --rate 20MB/s'.split(' ');
const CHECKPOINTS = 10;

test("Xen's verifier reads the stream of a protection, and counts its checkpoints", async t => {
	await using lab = await Lab.start({hosts: ['host-a', 'host-b']});
	const [hostA, hostB] = [lab.host('host-a'), lab.host('host-b')];
	const guest = await ProtectedGuest.create(lab, hostA, 'dom1', GUEST);
	const file = path.join(hostA.directory, 'protected.xl');
	await guest.protect(hostA, hostB, ['--interval', '50ms', '--stream', 'xen', '--tee', file], CHECKPOINTS);
	await hostA.mustCtl(['unprotect', 'dom1']);

	const repaired = xenVerifyRepaired('remus', file);
	t.is(repaired.status, 0, repaired.output);
	const [, whole = ''] =
		/^whole checkpoints: (\d+), stream (?:ends after a checkpoint|cut inside the next checkpoint)$/m.exec(repaired.output) ?? [];
	t.true(Number(whole) >= CHECKPOINTS, repaired.output);
	t.log(repaired.output.trim());

	const layer = path.join(hostA.directory, 'protected.libxc');
	writeFileSync(layer, await libxcLayerOf(hostA, file));
	const alone = xenVerify(layer, 'libxc');
	t.is(alone.status, 0, alone.output);
	t.log(`the libxc layer alone: accepted by Xen's own`);
});
