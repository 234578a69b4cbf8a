import test from 'ava';
import {ManualLeaseStore} from '../../src/lease/manual-lease-store.ts';

test('without a lease store nobody gets a lease, and nobody is known to have one', async t => {
	await using store = new ManualLeaseStore({side: 'sender'});
	await t.throwsAsync(store.acquire(), {code: 'ERR_NOT_SUPPORTED'});
	t.deepEqual(await store.look(), {owner: undefined, isHeld: false});
});
