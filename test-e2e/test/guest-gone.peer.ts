import test, {type ExecutionContext} from 'ava';
import {EtcdLab} from '../src/protection/etcd-lab.ts';
import {Source} from '../src/protection/kill-source.ts';
import {ProtectedGuest} from '../src/protection/protected-guest.ts';
import {assertReleasedOnce} from '../src/protection/released-lines.ts';
import {DOMAIN, SMALL_GUEST} from '../src/small-guest.ts';

/** The longest term that there is: whatever happens by itself at its end comes too late for these tests. */
const TTL_MS = 60_000;

type Scene = {readonly etcdLab: EtcdLab; readonly guest: ProtectedGuest};

/** A guest of host-a whose standby is on host-b, with leases in a real etcd. */
async function startProtected(t: ExecutionContext): Promise<Scene> {
	const etcdLab = await EtcdLab.start({ttlMs: TTL_MS});
	t.teardown(async () => etcdLab[Symbol.asyncDispose]());
	const guest = await ProtectedGuest.create(etcdLab.relayed.lab, etcdLab.host('host-a'), DOMAIN, SMALL_GUEST);
	await guest.protect(etcdLab.host('host-a'), etcdLab.host('host-b'), ['--interval', '40ms'], 5);
	return {etcdLab, guest};
}

test.serial('a sender that comes back within its lease and finds its guest gone lets the standby have it at once', async t => {
	const {etcdLab, guest} = await startProtected(t);
	const [hostA, hostB] = [etcdLab.host('host-a'), etcdLab.host('host-b')];
	const source = Source.of(hostA, await guest.show(hostA));
	await source.kill({first: 'guest', gapMs: 0});
	await hostA.daemon('sender').start();
	const {error} = await guest.reached(hostA, 'that it is stale', ({phase}) => phase === 'stale');
	t.is(error?.code, 'ERR_STALE');
	t.true((await guest.mustBeIntactOn(hostB)) > 0);
	assertReleasedOnce(etcdLab.relayed.lab.guestOutput(DOMAIN));
});

test.serial('a guest that is killed beside its sender goes on at its standby at once, whether the link is open or not', async t => {
	const {etcdLab, guest} = await startProtected(t);
	const [hostA, hostB] = [etcdLab.host('host-a'), etcdLab.host('host-b')];
	process.kill(await hostA.guestPid(DOMAIN), 'SIGKILL');
	await guest.reached(hostA, 'that the standby has it', ({phase}) => phase === 'promoted');
	t.true((await guest.mustBeIntactOn(hostB)) > 0);

	await guest.protect(hostB, hostA, ['--interval', '40ms'], 3);
	// The link is lost first, and no other one begins before the guest is gone.
	await hostA.kill('receiver');
	process.kill(await hostB.guestPid(DOMAIN), 'SIGKILL');
	await hostA.daemon('receiver').start();
	await guest.reached(hostB, 'that it is stale', ({phase}) => phase === 'stale' || phase === 'promoted');
	t.true((await guest.mustBeIntactOn(hostA)) > 0);
	assertReleasedOnce(etcdLab.relayed.lab.guestOutput(DOMAIN));
});
