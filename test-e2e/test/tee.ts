import test from 'ava';
import {startScene} from './helpers/scene.ts';

test.serial('two hosts start', async t => {
	const {hostA} = await startScene(t);
	t.is(hostA.name, 'host-a');
});
