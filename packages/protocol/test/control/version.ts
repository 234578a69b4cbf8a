import test from 'ava';
import {describeVersions, highestCommonVersion} from '../../src/control/index.ts';

test('the highest common version is used', t => {
	t.is(highestCommonVersion({min: 1, max: 3}, {min: 2, max: 5}), 3);
	t.is(highestCommonVersion({min: 2, max: 5}, {min: 1, max: 3}), 3);
	t.is(highestCommonVersion({min: 1, max: 1}, {min: 1, max: 1}), 1);
});

test('ranges that do not meet have no common version', t => {
	t.is(highestCommonVersion({min: 1, max: 1}, {min: 2, max: 3}), undefined);
	t.is(highestCommonVersion({min: 2, max: 3}, {min: 1, max: 1}), undefined);
	// A range that is none, of a hostile peer.
	t.is(highestCommonVersion({min: 1, max: 3}, {min: 3, max: 1}), undefined);
});

test('a range is written as people read it', t => {
	t.is(describeVersions({min: 1, max: 1}), '1');
	t.is(describeVersions({min: 1, max: 3}), '1 to 3');
});
