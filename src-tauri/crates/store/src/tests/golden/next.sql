CREATE TABLE account (
    id TEXT PRIMARY KEY NOT NULL,
    account TEXT NOT NULL -- JSON
) STRICT;
CREATE TABLE run (
    account TEXT NOT NULL,
    run TEXT NOT NULL,
    name TEXT NOT NULL,
    process TEXT,
    description TEXT,
    modified_by TEXT,
    modified INTEGER, -- UTC ms, as all times
    created INTEGER,
    watched INTEGER NOT NULL,
    course TEXT, -- JSON
    duration_seconds REAL,
    judgement TEXT, -- JSON
    seen_at INTEGER,
    steps_read_at INTEGER,
    seq INTEGER NOT NULL, archived INTEGER NOT NULL DEFAULT 0, steps_are_cut INTEGER NOT NULL DEFAULT 0, handled TEXT, -- read by earlier versions alone; 0 today
    PRIMARY KEY (account, run)
) STRICT;
CREATE TABLE sequence (latest INTEGER NOT NULL) STRICT;
CREATE TABLE step (
    account TEXT NOT NULL,
    run TEXT NOT NULL,
    step TEXT NOT NULL,
    place INTEGER NOT NULL, -- as it is shown
    name TEXT NOT NULL,
    step_order TEXT,
    enabled INTEGER NOT NULL,
    by_hand INTEGER NOT NULL,
    seen TEXT, -- JSON
    PRIMARY KEY (account, run, step)
) STRICT;
CREATE TABLE history (
    account TEXT NOT NULL,
    run TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    started INTEGER,
    finished INTEGER,
    seconds REAL,
    outcome TEXT NOT NULL, -- JSON
    recorded INTEGER NOT NULL,
    PRIMARY KEY (account, run, attempt)
) STRICT;
CREATE TABLE action (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account TEXT NOT NULL,
    run TEXT NOT NULL,
    account_label TEXT NOT NULL,
    identity TEXT NOT NULL,
    os_user TEXT NOT NULL,
    run_name TEXT NOT NULL,
    deed TEXT NOT NULL, -- JSON
    deprecated INTEGER NOT NULL,
    baseline TEXT NOT NULL, -- JSON
    result TEXT NOT NULL, -- JSON
    message TEXT NOT NULL,
    support_id TEXT,
    asked INTEGER NOT NULL,
    answered INTEGER
, environment TEXT, attempt INTEGER, reason TEXT) STRICT;
CREATE TABLE told (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    account TEXT NOT NULL,
    run TEXT NOT NULL, -- empty where it is about no single run
    mark INTEGER NOT NULL,
    outcome TEXT, -- JSON
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    at INTEGER NOT NULL,
    away INTEGER NOT NULL,
    is_read INTEGER NOT NULL DEFAULT 0,
    shown INTEGER NOT NULL DEFAULT 0, close TEXT, starts TEXT,
    UNIQUE (account, run, kind, mark)
) STRICT;
CREATE TABLE setting (
    name TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL -- JSON
) STRICT;
CREATE TABLE lesson (
    account TEXT NOT NULL,
    run TEXT NOT NULL,
    process TEXT NOT NULL,
    ended INTEGER NOT NULL,
    seconds REAL NOT NULL,
    PRIMARY KEY (account, run)
) STRICT;
CREATE TABLE compatibility (
    oldest_schema INTEGER NOT NULL, -- programs that know fewer migrations do not understand this file
    release TEXT NOT NULL -- of the newest program that has written into it
) STRICT;
CREATE TABLE plan (
    plan TEXT PRIMARY KEY NOT NULL,
    account TEXT NOT NULL,
    draft TEXT NOT NULL -- JSON
) STRICT;
CREATE TABLE close (
    plan TEXT NOT NULL,
    last_day TEXT NOT NULL, -- of its period
    content TEXT NOT NULL, -- JSON
    PRIMARY KEY (plan, last_day)
) STRICT;
CREATE TABLE forecast (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    plan TEXT NOT NULL,
    last_day TEXT NOT NULL,
    at INTEGER NOT NULL,
    percent INTEGER,
    early INTEGER NOT NULL,
    middle INTEGER NOT NULL,
    late INTEGER NOT NULL
) STRICT;
CREATE TABLE captured (
    account TEXT NOT NULL,
    run TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    process TEXT NOT NULL,
    at INTEGER NOT NULL,
    content TEXT NOT NULL, -- JSON
    PRIMARY KEY (account, run, attempt)
) STRICT;
INSERT INTO account VALUES ('a', '{"id":"a","label":"Account a","colour":"blue","environment":"https://app.solvexia.com","method":"browser","client_id":"desk","callback_port":38417,"token_expires":null,"signed_out":false,"secrets_left":false}');
INSERT INTO account VALUES ('b', '{"id":"b","label":"Account b","colour":"grey","environment":"http://127.0.0.1:8080","method":"token","client_id":"","callback_port":null,"token_expires":"2026-11-24T09:10:00Z","signed_out":true,"secrets_left":true}');
INSERT INTO account VALUES ('c', '{"id":"c","label":"Account c","colour":"teal","environment":"https://app.solvexia.com","method":"client","client_id":"desk","callback_port":null,"token_expires":null,"signed_out":false,"secrets_left":false}');
INSERT INTO account VALUES ('d', '{"id":"d","label":"Account d","colour":"green","environment":"https://app.solvexia.com","method":"client","client_id":"desk","callback_port":null,"token_expires":null,"signed_out":false,"secrets_left":false}');
INSERT INTO account VALUES ('e', '{"id":"e","label":"Account e","colour":"amber","environment":"https://app.solvexia.com","method":"client","client_id":"desk","callback_port":null,"token_expires":null,"signed_out":false,"secrets_left":false}');
INSERT INTO account VALUES ('f', '{"id":"f","label":"Account f","colour":"red","environment":"https://app.solvexia.com","method":"client","client_id":"desk","callback_port":null,"token_expires":null,"signed_out":false,"secrets_left":false}');
INSERT INTO account VALUES ('g', '{"id":"g","label":"Account g","colour":"purple","environment":"https://app.solvexia.com","method":"client","client_id":"desk","callback_port":null,"token_expires":null,"signed_out":false,"secrets_left":false}');
INSERT INTO run VALUES ('a', 'pr-0', 'Close 0', 'p-1', 'Month end', 'reader', 1795510801000, 1795510800000, 1, '{"stamp":{"status":"Running","started":"2026-11-24T09:00:30Z","finished":null},"attempt":2,"phase":"going","earlier":{"shown":[["ds-0","2026-11-24T09:00:10Z"],["ds-1","2026-11-24T09:00:10Z"],["ds-2","2026-11-24T09:00:10Z"],["ds-3","2026-11-24T09:00:10Z"],["ds-4","2026-11-24T09:00:10Z"],["ds-5","2026-11-24T09:00:10Z"],["ds-6","2026-11-24T09:00:10Z"],["ds-7","2026-11-24T09:00:10Z"],["ds-8","2026-11-24T09:00:10Z"]],"begun":{"from":"ds-2"},"unsure_since":null,"zone_seconds":null},"left":[["ds-0","2026-11-24T09:00:10Z"],["ds-1","2026-11-24T09:00:10Z"],["ds-2","2026-11-24T09:00:10Z"],["ds-3","2026-11-24T09:00:10Z"],["ds-4","2026-11-24T09:00:10Z"],["ds-5","2026-11-24T09:00:10Z"],["ds-6","2026-11-24T09:00:10Z"],["ds-7","2026-11-24T09:00:10Z"],["ds-8","2026-11-24T09:00:10Z"]],"read":["ds-0","ds-1"],"ended_before":{"stamp":{"status":"Cancelled","started":"2026-11-24T09:00:00Z","finished":"2026-11-24T09:00:20Z"},"attempt":1,"phase":{"ended":{"outcome":"cancelled","silent":true}},"earlier":{"shown":[],"begun":"elsewhere","unsure_since":null,"zone_seconds":null},"left":[],"ended_before":null}}', 1.5, '{"outcome":"failed","because":"Step 1.4 failed.","first_failed":{"name":"1.4 Match","message":"No such file"}}', 1795510840000, 1795510841000, 0, 0, 0, NULL);
INSERT INTO run VALUES ('a', 'pr-1', 'Close 1', 'p-1', 'Month end', 'reader', 1795510801000, 1795510800000, 1, '{"stamp":{"status":"NotStarted","started":null,"finished":null},"attempt":1,"phase":{"proving":{"baseline":{"status":"TimedOut","started":"2026-11-24T09:00:00Z","finished":"2026-11-24T09:00:20Z"},"since":"2026-11-24T09:00:30Z"}},"earlier":{"shown":[["ds-0","2026-11-24T09:00:10Z"],["ds-1","2026-11-24T09:00:10Z"],["ds-2","2026-11-24T09:00:10Z"],["ds-3","2026-11-24T09:00:10Z"],["ds-4","2026-11-24T09:00:10Z"],["ds-5","2026-11-24T09:00:10Z"],["ds-6","2026-11-24T09:00:10Z"],["ds-7","2026-11-24T09:00:10Z"],["ds-8","2026-11-24T09:00:10Z"]],"begun":"whole","unsure_since":null,"zone_seconds":null},"left":[],"ended_before":null}', 1.5, '{"outcome":"failed","because":"Step 1.4 failed.","first_failed":{"name":"1.4 Match","message":"No such file"}}', 1795510840000, 1795510841000, 0, 0, 0, NULL);
INSERT INTO run VALUES ('a', 'pr-2', 'Close 2', 'p-1', 'Month end', 'reader', 1795510801000, 1795510800000, 1, '{"stamp":{"status":"Finished","started":"2026-11-24T09:00:00Z","finished":"2026-11-24T09:00:20Z"},"attempt":1,"phase":{"pending":{"since":"2026-11-24T09:00:30Z","silent":true}},"earlier":{"shown":[],"begun":"elsewhere","unsure_since":"2026-11-24T09:00:30Z","zone_seconds":0},"left":[],"ended_before":null}', 1.5, '{"outcome":"failed","because":"Step 1.4 failed.","first_failed":{"name":"1.4 Match","message":"No such file"}}', 1795510840000, 1795510841000, 0, 0, 0, NULL);
INSERT INTO run VALUES ('a', 'pr-3', 'Close 3', 'p-1', 'Month end', 'reader', 1795510801000, 1795510800000, 1, '{"stamp":{"status":"Scheduled","started":null,"finished":null},"attempt":1,"phase":"unseen","earlier":{"shown":[],"begun":"elsewhere","unsure_since":null,"zone_seconds":null},"left":[],"ended_before":null}', 1.5, '{"outcome":"failed","because":"Step 1.4 failed.","first_failed":{"name":"1.4 Match","message":"No such file"}}', 1795510840000, 1795510841000, 0, 0, 1, NULL);
INSERT INTO run VALUES ('a', 'pr-4', 'Close 4', 'p-1', 'Month end', 'reader', 1795510801000, 1795510800000, 1, '{"stamp":{"status":"Parked","started":"2026-11-24T09:00:00Z","finished":"2026-11-24T09:00:20Z"},"attempt":1,"phase":{"ended":{"outcome":"failed","silent":false}},"earlier":{"shown":[],"begun":"elsewhere","unsure_since":null,"zone_seconds":null},"left":[],"ended_before":null}', 1.5, '{"outcome":"failed","because":"Step 1.4 failed.","first_failed":{"name":"1.4 Match","message":"No such file"}}', 1795510840000, 1795510841000, 0, 1, 0, '{"attempt":1,"outcome":"failed","who":"reader","at":"2026-11-24T09:01:00Z","note":"Bank file resent"}');
INSERT INTO run VALUES ('a', 'pr-9', 'pr-9', NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0, 0, 0, NULL);
INSERT INTO sequence VALUES (0);
INSERT INTO step VALUES ('a', 'pr-0', 'ds-0', 0, 'Step 0', '1.0', 1, 0, '{"status":"NotStarted","started":"2026-11-24T09:00:10Z","finished":"2026-11-24T09:00:20Z","duration_seconds":9.5,"message":"A message with “quotes”, ''others'' and a\nsecond line","names_zone":false}');
INSERT INTO step VALUES ('a', 'pr-0', 'ds-1', 1, 'Step 1', '1.1', 1, 0, '{"status":"Running","started":"2026-11-24T09:00:10Z","finished":null,"duration_seconds":9.5,"message":"A message with “quotes”, ''others'' and a\nsecond line","names_zone":false}');
INSERT INTO step VALUES ('a', 'pr-0', 'ds-2', 2, 'Step 2', '1.2', 1, 0, '{"status":"Success","started":"2026-11-24T09:00:10Z","finished":"2026-11-24T09:00:20Z","duration_seconds":9.5,"message":"A message with “quotes”, ''others'' and a\nsecond line","names_zone":true}');
INSERT INTO step VALUES ('a', 'pr-0', 'ds-3', 3, 'Step 3', '1.3', 1, 0, '{"status":"Warning","started":"2026-11-24T09:00:10Z","finished":"2026-11-24T09:00:20Z","duration_seconds":9.5,"message":"A message with “quotes”, ''others'' and a\nsecond line","names_zone":false}');
INSERT INTO step VALUES ('a', 'pr-0', 'ds-4', 4, 'Step 4', '1.4', 1, 0, '{"status":"Failed","started":"2026-11-24T09:00:10Z","finished":"2026-11-24T09:00:20Z","duration_seconds":9.5,"message":"A message with “quotes”, ''others'' and a\nsecond line","names_zone":false}');
INSERT INTO step VALUES ('a', 'pr-0', 'ds-5', 5, 'Step 5', '1.5', 1, 0, '{"status":"Scheduled","started":"2026-11-24T09:00:10Z","finished":"2026-11-24T09:00:20Z","duration_seconds":9.5,"message":"A message with “quotes”, ''others'' and a\nsecond line","names_zone":false}');
INSERT INTO step VALUES ('a', 'pr-0', 'ds-6', 6, 'Step 6', '1.6', 1, 0, '{"status":"Cancelled","started":"2026-11-24T09:00:10Z","finished":"2026-11-24T09:00:20Z","duration_seconds":9.5,"message":"A message with “quotes”, ''others'' and a\nsecond line","names_zone":false}');
INSERT INTO step VALUES ('a', 'pr-0', 'ds-7', 7, 'Step 7', '1.7', 0, 0, '{"status":"Skipped","started":"2026-11-24T09:00:10Z","finished":"2026-11-24T09:00:20Z","duration_seconds":9.5,"message":"A message with “quotes”, ''others'' and a\nsecond line","names_zone":false}');
INSERT INTO step VALUES ('a', 'pr-0', 'ds-8', 8, 'Step 8', '1.8', 1, 0, '{"status":"Parked","started":"2026-11-24T09:00:10Z","finished":"2026-11-24T09:00:20Z","duration_seconds":9.5,"message":"A message with “quotes”, ''others'' and a\nsecond line","names_zone":false}');
INSERT INTO step VALUES ('a', 'pr-0', 'as-9', 9, 'as-9', NULL, 1, 1, NULL);
INSERT INTO history VALUES ('a', 'pr-0', 1, 1795510800000, 1795510820000, 20.5, '"failed"', 1795510830000);
INSERT INTO history VALUES ('a', 'pr-0', 2, 1795510800000, 1795510820000, 20.5, '"timed-out"', 1795510830000);
INSERT INTO history VALUES ('a', 'pr-0', 3, 1795510800000, 1795510820000, 20.5, '"unverified"', 1795510830000);
INSERT INTO history VALUES ('a', 'pr-0', 4, 1795510800000, 1795510820000, 20.5, '"cancelled"', 1795510830000);
INSERT INTO history VALUES ('a', 'pr-0', 5, 1795510800000, 1795510820000, 20.5, '"warnings"', 1795510830000);
INSERT INTO history VALUES ('a', 'pr-0', 6, 1795510800000, 1795510820000, 20.5, '"succeeded"', 1795510830000);
INSERT INTO action VALUES (1, 'a', 'pr-1', 'app', 'client', 'me', 'x', '"start"', 0, '{"status":"Odd","started":"2027-01-15T08:00:00.123Z","finished":null}', '"pending"', 'What SolveXia said', NULL, 1800000000123, NULL, 'https://app.solvexia.com', 2, NULL);
INSERT INTO action VALUES (2, 'a', 'pr-1', 'app', 'client', 'me', 'x', '"cancel"', 1, '{"status":"Odd","started":"2027-01-15T08:00:00.123Z","finished":null}', '"ok"', 'What SolveXia said', NULL, 1800000000123, 1795510850000, 'https://app.solvexia.com', 2, NULL);
INSERT INTO action VALUES (3, 'a', 'pr-1', 'app', 'client', 'me', 'x', '{"restart":{"step":"ds-2","step_name":"Match"}}', 0, '{"status":"Odd","started":"2027-01-15T08:00:00.123Z","finished":null}', '"refused"', 'What SolveXia said', 's-1', 1800000000123, 1795510850000, 'https://app.solvexia.com', 2, 'The bank file was resent');
INSERT INTO action VALUES (4, 'a', 'pr-1', 'app', 'client', 'me', 'x', '"create"', 0, '{"status":"Odd","started":"2027-01-15T08:00:00.123Z","finished":null}', '"ok"', 'What SolveXia said', NULL, 1800000000123, 1795510850000, 'https://app.solvexia.com', 2, NULL);
INSERT INTO action VALUES (5, 'a', '', 'app', 'client', 'me', 'x', '"create"', 0, '{"status":"Odd","started":"2027-01-15T08:00:00.123Z","finished":null}', '"unknown"', 'What SolveXia said', NULL, 1800000000123, 1795510850000, 'https://app.solvexia.com', 2, NULL);
INSERT INTO action VALUES (6, 'a', 'pr-1', 'app', 'client', 'me', 'x', '{"dealt-with":{"note":"bank file resent"}}', 0, '{"status":"Odd","started":"2027-01-15T08:00:00.123Z","finished":null}', '"ok"', 'What SolveXia said', NULL, 1800000000123, 1795510850000, 'https://app.solvexia.com', 2, NULL);
INSERT INTO action VALUES (7, 'a', 'pr-1', 'app', 'client', 'me', 'x', '"not-dealt-with"', 0, '{"status":"Odd","started":"2027-01-15T08:00:00.123Z","finished":null}', '"ok"', 'What SolveXia said', NULL, 1800000000123, 1795510850000, 'https://app.solvexia.com', 2, NULL);
INSERT INTO told VALUES (1, 'ended', 'a', 'pr-1', 3, NULL, 'Failed: x', '…', 1800000000123, 0, 1, 0, NULL, NULL);
INSERT INTO told VALUES (2, 'correction', 'a', 'pr-1', 3, '"failed"', 'Failed: x', '…', 1800000000123, 0, 1, 1, NULL, NULL);
INSERT INTO told VALUES (3, 'action', 'a', 'pr-1', 3, NULL, 'Failed: x', '…', 1800000000123, 0, 0, 1, NULL, NULL);
INSERT INTO told VALUES (4, 'sight', 'a', '', 3, NULL, 'Failed: x', '…', 1800000000123, 0, 0, 0, NULL, NULL);
INSERT INTO told VALUES (5, 'long', 'a', 'pr-1', 3, NULL, 'Failed: x', '…', 1800000000123, 1, 0, 0, NULL, NULL);
INSERT INTO told VALUES (6, 'close', 'a', '', 3, NULL, 'Failed: x', '…', 1800000000123, 0, 0, 0, '{"plan":"plan-1","last":"2026-10-31"}', 'p-1');
INSERT INTO told VALUES (7, 'ended', 'a', 'pr-1', 10, '"failed"', 'Failed: x', '…', 1800000000123, 0, 0, 0, NULL, NULL);
INSERT INTO told VALUES (8, 'ended', 'a', 'pr-1', 11, '"timed-out"', 'Failed: x', '…', 1800000000123, 0, 0, 0, NULL, NULL);
INSERT INTO told VALUES (9, 'ended', 'a', 'pr-1', 12, '"unverified"', 'Failed: x', '…', 1800000000123, 0, 0, 0, NULL, NULL);
INSERT INTO told VALUES (10, 'ended', 'a', 'pr-1', 13, '"cancelled"', 'Failed: x', '…', 1800000000123, 0, 0, 0, NULL, NULL);
INSERT INTO told VALUES (11, 'ended', 'a', 'pr-1', 14, '"warnings"', 'Failed: x', '…', 1800000000123, 0, 0, 0, NULL, NULL);
INSERT INTO told VALUES (12, 'ended', 'a', 'pr-1', 15, '"succeeded"', 'Failed: x', '…', 1800000000123, 0, 0, 0, NULL, NULL);
INSERT INTO setting VALUES ('cadence', '{"floor":7,"ceiling":77}');
INSERT INTO setting VALUES ('choices', '{"silent":["failed","timed-out","unverified","cancelled","warnings","succeeded"],"long":false,"muted":[{"account":"a","run":null,"until":null},{"account":"a","run":"pr-1","until":"2026-11-24T09:01:00Z"}],"quiet":{"from":"22:30:00","to":"07:00:00"},"failures-pierce":true,"hide-details":true}');
INSERT INTO setting VALUES ('network', '{"proxy":{"use":"manual","address":"proxy.firm.example:8080","user":"reader"},"extra_ca":"certificates.pem"}');
INSERT INTO setting VALUES ('sight', '{"lost":[{"account":"a","run":"pr-0"}],"refused":["a"]}');
INSERT INTO setting VALUES ('date-zones', '{"https://app.solvexia.com":{"seen":[[630,"2026-11-24T09:00:00Z","2026-11-24T09:08:20Z"],[690,"2026-11-24T09:10:00Z","2026-11-24T09:11:40Z"]],"doubt":[630,"2026-11-24T09:13:20Z"]}}');
INSERT INTO setting VALUES ('list', '{"look":{"account":null,"process":null,"status":null,"outcome":null,"since":null,"column":"ends","descending":true,"grouped":false},"saved":[{"name":"Month end","tab":"attention","look":{"account":"a","process":"p-1","status":"Finished","outcome":"failed","since":"today","column":"run","descending":false,"grouped":true}},{"name":"Month end","tab":"running","look":{"account":"a","process":"p-1","status":"Finished","outcome":"failed","since":"yesterday","column":"now-at","descending":false,"grouped":true}},{"name":"Month end","tab":"to-start","look":{"account":"a","process":"p-1","status":"Finished","outcome":"failed","since":"week","column":"ends","descending":false,"grouped":true}},{"name":"Month end","tab":"done","look":{"account":"a","process":"p-1","status":"Finished","outcome":"failed","since":"month","column":"took","descending":false,"grouped":true}}]}');
INSERT INTO setting VALUES ('open-creates', '[{"account":"a","process":"p-1","before":["pr-1"],"others":["pr-1"],"asked":"2026-11-24T09:00:05Z","let_go":true},{"account":"a","process":"p-1","before":null,"others":["pr-1"],"asked":"2026-11-24T09:00:05Z","let_go":false}]');
INSERT INTO setting VALUES ('closing-said', 'true');
INSERT INTO setting VALUES ('window-places', '[{"screens":"1920x1080@150 0,0","x":-20,"y":40,"width":1100,"height":700,"maximized":true},{"screens":"1366x768@100 0,0","x":-20,"y":40,"width":1100,"height":700,"maximized":false}]');
INSERT INTO setting VALUES ('launch-at-login', 'true');
INSERT INTO setting VALUES ('page', '{"letters":false,"zoom":150}');
INSERT INTO lesson VALUES ('a', 'pr-0', 'p-1', 1795510820000, 20.5);
INSERT INTO compatibility VALUES (11, 'next');
INSERT INTO plan VALUES ('plan-1', 'a', '{"plan":"plan-1","account":"a","name":"Month-end","zone":"Australia/Sydney","calendar":{"name":"New South Wales","holidays":{"2026-12-25":"Christmas Day"},"known_until":"2028-12-31"},"periods":"months","cut_off":{"day":3,"time":"18:30:00"},"items":[{"process":"p-1","name":"Item p-1","start":{"at":{"at":{"day":-1,"time":"09:30:00"},"grace_seconds":900}},"waits_for":[],"gate":"warnings-allowed","optional":false,"estimate":null},{"process":"p-2","name":"Item p-2","start":"by-hand","waits_for":["p-1"],"gate":"warnings-allowed","optional":false,"estimate":null},{"process":"p-3","name":"Item p-3","start":"after-others","waits_for":["p-1","p-2"],"gate":"succeeded","optional":true,"estimate":1200.0}]}');
INSERT INTO plan VALUES ('plan-2', 'a', '{"plan":"plan-2","account":"a","name":"Month-end","zone":"Australia/Sydney","calendar":{"name":"","holidays":{},"known_until":null},"periods":{"listed":{"begin":"2026-06-28","ends":["2026-07-25","2026-08-22"]}},"cut_off":{"day":3,"time":"18:30:00"},"items":[{"process":"p-1","name":"Item p-1","start":{"at":{"at":{"day":-1,"time":"09:30:00"},"grace_seconds":900}},"waits_for":[],"gate":"warnings-allowed","optional":false,"estimate":null},{"process":"p-2","name":"Item p-2","start":"by-hand","waits_for":["p-1"],"gate":"warnings-allowed","optional":false,"estimate":null},{"process":"p-3","name":"Item p-3","start":"after-others","waits_for":["p-1","p-2"],"gate":"succeeded","optional":true,"estimate":1200.0}]}');
INSERT INTO close VALUES ('plan-1', '2026-10-31', '{"plan":"plan-1","first":"2026-10-01","last":"2026-10-31","cut_off":"2026-11-30T03:53:20Z","from":"2026-11-24T09:00:00Z","to":"2026-12-04T19:00:00Z","due":[{"process":"p-1","at":"2026-11-24T09:16:40Z","grace_seconds":900}],"calendar":{"name":"New South Wales","holidays":{"2026-12-25":"Christmas Day"},"known_until":"2028-12-31"},"seed":18446744073709551615,"archived":true,"bindings":[{"process":"p-1","run":"pr-1","by":"start","accepted":2,"passed_over":["pr-8"]},{"process":"p-2","run":"pr-2","by":"rule","accepted":2,"passed_over":["pr-8"]},{"process":"p-3","run":"pr-3","by":"hand","accepted":2,"passed_over":["pr-8"]}],"set_aside":["pr-9"],"taken_off":["pr-10"],"alarms":{"under_since":"2026-11-24T09:01:00Z","expected_late":true,"told":["expected-late","late",{"blocked":"p-2"}]},"next_steps":["p-2"],"did_not_start":["p-1"],"items":[{"process":"p-1","name":"Item p-1","start":{"at":{"at":{"day":-1,"time":"09:30:00"},"grace_seconds":900}},"waits_for":[],"gate":"warnings-allowed","optional":false,"estimate":null},{"process":"p-2","name":"Item p-2","start":"by-hand","waits_for":["p-1"],"gate":"warnings-allowed","optional":false,"estimate":null},{"process":"p-3","name":"Item p-3","start":"after-others","waits_for":["p-1","p-2"],"gate":"succeeded","optional":true,"estimate":1200.0}],"through":"2026-11-29T00:06:40Z","seen_since_cut_off":true,"something_failed":true}');
INSERT INTO close VALUES ('plan-1', '2026-09-30', '{"plan":"plan-1","first":"2026-09-01","last":"2026-09-30","cut_off":"2026-11-30T03:53:20Z","from":"2026-11-24T09:00:00Z","to":null,"due":[{"process":"p-1","at":"2026-11-24T09:16:40Z","grace_seconds":900}],"calendar":{"name":"New South Wales","holidays":{"2026-12-25":"Christmas Day"},"known_until":"2028-12-31"},"seed":7,"archived":false,"bindings":[],"set_aside":[],"taken_off":[],"alarms":{"under_since":null,"expected_late":false,"told":[]},"next_steps":[],"did_not_start":[],"items":null,"through":null,"seen_since_cut_off":false,"something_failed":false}');
INSERT INTO forecast VALUES (1, 'plan-1', '2026-10-31', 1795510860000, 85, 1795510900000, 1795511000000, 1795511100000);
INSERT INTO forecast VALUES (2, 'plan-1', '2026-10-31', 1795510860000, NULL, 1795510900000, 1795511000000, 1795511100000);
INSERT INTO captured VALUES ('a', 'pr-1', 2, 'p-1', 1795510830000, '{"account":"a","run":"pr-1","process":"p-1","attempt":2,"run_name":"Close 1","created":"2026-11-24T09:00:00Z","stamp":{"status":"Finished","started":"2026-11-24T09:00:00Z","finished":"2026-11-24T09:00:20Z"},"outcome":"warnings","because":"Step 1.4 warned.","seconds":20.5,"steps":[{"id":"ds-0","name":"Step 0","order":"1.0","enabled":true,"by_hand":false,"seen":{"status":"NotStarted","started":"2026-11-24T09:00:10Z","finished":"2026-11-24T09:00:20Z","duration_seconds":9.5,"message":"A message with “quotes”, ''others'' and a\nsecond line","names_zone":false}},{"id":"ds-1","name":"Step 1","order":"1.1","enabled":true,"by_hand":false,"seen":{"status":"Running","started":"2026-11-24T09:00:10Z","finished":null,"duration_seconds":9.5,"message":"A message with “quotes”, ''others'' and a\nsecond line","names_zone":false}},{"id":"ds-2","name":"Step 2","order":"1.2","enabled":true,"by_hand":false,"seen":{"status":"Success","started":"2026-11-24T09:00:10Z","finished":"2026-11-24T09:00:20Z","duration_seconds":9.5,"message":"A message with “quotes”, ''others'' and a\nsecond line","names_zone":true}},{"id":"ds-3","name":"Step 3","order":"1.3","enabled":true,"by_hand":false,"seen":{"status":"Warning","started":"2026-11-24T09:00:10Z","finished":"2026-11-24T09:00:20Z","duration_seconds":9.5,"message":"A message with “quotes”, ''others'' and a\nsecond line","names_zone":false}},{"id":"ds-4","name":"Step 4","order":"1.4","enabled":true,"by_hand":false,"seen":{"status":"Failed","started":"2026-11-24T09:00:10Z","finished":"2026-11-24T09:00:20Z","duration_seconds":9.5,"message":"A message with “quotes”, ''others'' and a\nsecond line","names_zone":false}},{"id":"ds-5","name":"Step 5","order":"1.5","enabled":true,"by_hand":false,"seen":{"status":"Scheduled","started":"2026-11-24T09:00:10Z","finished":"2026-11-24T09:00:20Z","duration_seconds":9.5,"message":"A message with “quotes”, ''others'' and a\nsecond line","names_zone":false}},{"id":"ds-6","name":"Step 6","order":"1.6","enabled":true,"by_hand":false,"seen":{"status":"Cancelled","started":"2026-11-24T09:00:10Z","finished":"2026-11-24T09:00:20Z","duration_seconds":9.5,"message":"A message with “quotes”, ''others'' and a\nsecond line","names_zone":false}},{"id":"ds-7","name":"Step 7","order":"1.7","enabled":false,"by_hand":false,"seen":{"status":"Skipped","started":"2026-11-24T09:00:10Z","finished":"2026-11-24T09:00:20Z","duration_seconds":9.5,"message":"A message with “quotes”, ''others'' and a\nsecond line","names_zone":false}},{"id":"ds-8","name":"Step 8","order":"1.8","enabled":true,"by_hand":false,"seen":{"status":"Parked","started":"2026-11-24T09:00:10Z","finished":"2026-11-24T09:00:20Z","duration_seconds":9.5,"message":"A message with “quotes”, ''others'' and a\nsecond line","names_zone":false}},{"id":"as-9","name":"as-9","order":null,"enabled":true,"by_hand":true,"seen":null}],"steps_are_cut":true,"captured":"2026-11-24T09:00:30Z"}');
CREATE INDEX told_unshown ON told (shown) WHERE shown = 0;
CREATE INDEX lesson_process ON lesson (account, process, ended);
CREATE INDEX told_unread ON told (account, run) WHERE is_read = 0;
CREATE INDEX captured_process ON captured (account, process, at);
PRAGMA user_version = 17;
