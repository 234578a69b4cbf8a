import test, {type ExecutionContext} from 'ava';
import {playSplit, type SplitOutcome} from '../src/protection/play-split.ts';
import {SplitScene} from '../src/protection/split-scene.ts';
import {type Split, SPLITS} from '../src/protection/splits.ts';

async function outcomeOf(t: ExecutionContext, split: Split): Promise<SplitOutcome> {
	const scene = await SplitScene.start();
	t.teardown(async () => scene[Symbol.asyncDispose]());
	return playSplit(split, scene);
}

test.serial('a source that alone reaches etcd runs its guest on without its standby, and has that again when it asks for it', async t => {
	const {tookOver, sourceSays, protectedAgain} = await outcomeOf(t, SPLITS.sourceOnly);
	t.is(tookOver, undefined);
	t.is(sourceSays, 'protected, unprotected');
	t.is(protectedAgain, 'by protect, the same way');
});

test.serial('a standby that alone reaches etcd takes over, and the stale source says so and becomes its standby', async t => {
	const {tookOver, sourceSays, protectedAgain} = await outcomeOf(t, SPLITS.standbyOnly);
	t.is(tookOver?.since, 'beginning');
	t.is(sourceSays, 'stale, stale');
	t.is(protectedAgain, 'by protect, the other way');
});

test.serial('the guest of a daemon that is frozen past its lease stands still before its standby runs, and for good', async t => {
	const {tookOver, sourceSays} = await outcomeOf(t, SPLITS.senderFrozen);
	t.is(tookOver?.since, 'beginning');
	t.is(sourceSays, 'stale, stale');
});
