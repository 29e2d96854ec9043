"""Who gets in where, written by hand from product.md. Nothing here is taken from the code.

This is the second opinion on `core/access.py`: nobody changes both without having meant it. It is
walked by test_permissions.py, which fails for an address, a command or an operation without a line.

**A new address** is one line in ADDRESSES: its name, the methods it answers, the state of the thing
it is about, and who gets in. Everybody else must be refused as if it were not there (404), whoever
is signed out is sent to the sign-in, and a method that has no line must be refused to all (405).

    name                     methods    states  who gets in

State is `-`, or some of permission_world.STATES with commas between: then the line is walked for a
thing of organisation A in network N and agreement X in each of those states. `draft` is nobody's
but the own people's; `submitted` waits for those who approve; `returned` has come back to its own,
who may do what they may with a draft; `shared` is decided, and everybody's. `withdrawn` was shared
before, `withdrawn-draft` was a draft: both are read by whoever read them then, taken back by
whoever could change them, and nothing else is done to them or to what hangs on them; who would
restore what was said of them is led to them, for they are restored first. `withdrawn-submitted`
waits for nobody any more and is as a withdrawn draft. Other words name other things: `of-a` is A
itself. What the address takes besides is filled in by tests/integration/addresses.py and
permission_world.World.

**A new operation** is one line for each kind of thing in ANSWERS:

    operation                thing      who may

Things: `of-a` belongs to organisation A, in agreement X; `in-n` belongs to network N, in agreement
X; `in-x` is of agreement X and belongs to nobody; `whole` is of no agreement and nobody.

People, each with one role (`-elsewhere`: the same role at another place; `-here`: limited to X):
"""

PEOPLE = """
out                     signed out
none                    signed in, every role has ended
reader                  reads
reader-here             reads agreement X
reader-elsewhere        reads agreement Y
contributor             works for A, which is not a party
contributor-elsewhere   works for B, which is not a party
council                 sits in the council
officer                 works for A, a party
officer-elsewhere       works for B, a party
member                  sits in network N
member-elsewhere        sits in network M
convener                convenes network N
chair                   chairs network N
deputy                  is the deputy of network N's convener
substitute              reads, and substitutes today for network N's convener
convener-elsewhere      convenes network M
coordination            sits in the coordination group
leader                  leads the process
leader-here             leads the process of agreement X
leader-elsewhere        leads the process of agreement Y
administrator           runs people and the installation
"""

# Words for several people.
GROUPS = {
    "anyone": "out none all elsewhere",
    "signed-in": "none all elsewhere",
    # Who has a role, wherever it is limited to.
    "role": "all elsewhere",
    "elsewhere": "reader-elsewhere leader-elsewhere",
    # Who reads agreement X.
    "all": "readers reader-here leader-here",
    # Who reads everything.
    "readers": """
        reader contributor contributor-elsewhere council officer officer-elsewhere
        member member-elsewhere conveners convener-elsewhere coordination leader administrator
    """,
    # Whose own a draft of A in N is: A's people, and N's, for naming N is sending it there.
    "own": "officer contributor conveners member",
    # Of them, those who keep it: who only sits in N beside A's officer does not.
    "keepers": "officer contributor conveners",
    # Who does for N what its convener does.
    "conveners": "convener chair deputy substitute",
    "leaders": "leader leader-here",
    # Who returns what is submitted or lets it be shared: those who answer for the whole, and for an
    # initiative its network too.
    "approvers": "coordination leaders",
    "approvers-in-n": "approvers conveners",
    # Who takes the log away as a file: all of it, or that of the agreement they lead.
    "log-takers": "leaders administrator leader-elsewhere",
    # Who may say something of what is shared: those with a part in the work.
    "talkers": "council attachers",
    "attachers": "everywhere-attachers leader-here",
    "everywhere-attachers": """
        contributor contributor-elsewhere officer officer-elsewhere member member-elsewhere
        conveners convener-elsewhere coordination leader
    """,
    # Who may write something at all, of their own at least.
    "writers": """
        officer officer-elsewhere contributor contributor-elsewhere conveners convener-elsewhere
        leader leader-here
    """,
}

ADDRESSES = """
set_language                    GET POST  -                        anyone
account:logout                  POST      -                        anyone
account_login                   GET POST  -                        anyone
account_request_login_code      GET POST  -                        anyone
account_confirm_login_code      GET POST  -                        anyone
account_inactive                GET       -                        anyone
mfa_login_webauthn              GET POST  -                        anyone
mfa_authenticate                GET POST  -                        anyone
mfa_deactivate_totp             GET POST  -                        -
mfa_view_recovery_codes         GET POST  -                        -
openid_connect_login            GET POST  -                        -
openid_connect_callback         GET POST  -                        -

account:index                   GET       -                        signed-in
account:password                GET POST  -                        signed-in
account:address                 GET POST  -                        signed-in
account:address_code            GET POST  -                        signed-in
account:second_factor           GET       -                        signed-in
account:sign_out_everywhere     POST      -                        signed-in
account:reauthenticate_by_code  GET POST  -                        signed-in
account_reauthenticate          GET POST  -                        signed-in
mfa_index                       GET POST  -                        signed-in
mfa_activate_totp               GET POST  -                        signed-in
mfa_add_webauthn                GET POST  -                        signed-in
mfa_list_webauthn               GET POST  -                        signed-in
mfa_remove_webauthn             GET POST  -                        -
mfa_generate_recovery_codes     GET POST  -                        signed-in
mfa_reauthenticate              GET POST  -                        signed-in
mfa_reauthenticate_webauthn     GET POST  -                        signed-in

health:alive                    GET       -                        anyone
health:ready                    GET       -                        anyone
about:accessibility             GET       -                        anyone
about:glossary                  GET       -                        anyone
about:personal_data             GET       -                        anyone
about:records                   GET       -                        anyone

overview:home                   GET       -                        role
overview:index                  GET       -                        all
search:results                  GET       -                        role
questions:list                  GET       -                        role
history:list                    GET       -                        role
history:xlsx                    GET       -                        log-takers
history:json_lines              GET       -                        log-takers
history:record                  GET       shared                   all
history:record                  GET       draft,returned           own
history:record                  GET       submitted                own approvers-in-n
records:show                    GET       shared                   all
records:show                    GET       draft,returned           own
records:show                    GET       submitted                own approvers-in-n

agreements:list                 GET       -                        role
agreements:detail               GET       -                        all
agreements:settings             GET POST  -                        leaders
actors:list                     GET       -                        role
actors:organisations            GET       -                        role
actors:participation            GET       -                        all
actors:actor                    GET       -                        role
actors:controller               GET POST  -                        leader administrator
actors:controller               GET POST  of-a              officer contributor leader administrator
actors:body                     GET       -                        role

initiatives:list                GET       -                        all
initiatives:list_csv            GET       -                        all
initiatives:list_xlsx           GET       -                        all
initiatives:create              GET POST  -                        writers
initiatives:detail              GET       shared                   all
initiatives:detail              GET       draft,returned           own
initiatives:detail              GET       submitted                own approvers-in-n
initiatives:edit                GET POST  shared                   keepers leaders
initiatives:edit                GET POST  draft,submitted,returned keepers
initiatives:share               GET POST  draft,submitted,returned keepers
initiatives:share               GET POST  shared                   keepers
initiatives:take_back           GET POST  draft,submitted,returned keepers
initiatives:take_back           GET POST  shared                   keepers
initiatives:decide              GET POST  draft,returned           -
initiatives:decide              GET POST  submitted                approvers-in-n
initiatives:decide              GET POST  shared                   -
initiatives:withdraw            GET POST  shared                   keepers leaders
initiatives:withdraw            GET POST  draft,submitted,returned keepers
initiatives:status              GET POST  shared                   keepers leaders
initiatives:status              GET POST  draft,submitted,returned keepers
initiatives:parts               GET POST  shared                   keepers leaders
initiatives:parts               GET POST  draft,submitted,returned keepers
initiatives:move                POST      shared                   keepers leaders
initiatives:move                POST      draft,submitted,returned keepers
initiatives:needs               GET POST  shared                   keepers leaders
initiatives:needs               GET POST  draft,submitted,returned keepers
initiatives:partners            GET POST  shared                   keepers leaders
initiatives:partners            GET POST  draft,submitted,returned keepers
initiatives:funding_create      GET POST  shared                   keepers leaders
initiatives:funding_create      GET POST  draft,submitted,returned keepers
initiatives:funding_edit        GET POST  shared                   keepers leaders
initiatives:funding_edit        GET POST  draft,submitted,returned keepers
initiatives:funding_state       GET POST  shared                   keepers leaders
initiatives:funding_state       GET POST  draft,submitted,returned keepers
initiatives:quantity_create     GET POST  shared                   keepers leaders
initiatives:quantity_create     GET POST  draft,submitted,returned keepers
initiatives:quantity_edit       GET POST  shared                   keepers leaders
initiatives:quantity_edit       GET POST  draft,submitted,returned keepers
initiatives:quantity_withdraw   GET POST  shared                   keepers leaders
initiatives:quantity_withdraw   GET POST  draft,submitted,returned keepers
initiatives:result_create       GET POST  shared                   keepers leaders
initiatives:result_create       GET POST  draft,submitted,returned keepers
initiatives:result_edit         GET POST  shared                   keepers leaders
initiatives:result_edit         GET POST  draft,submitted,returned keepers

discussion:comments             GET       shared                   all
discussion:comments             GET       draft,returned           own
discussion:comments             GET       submitted                own approvers-in-n
discussion:comments             POST      shared                   talkers
discussion:comments             POST      draft,returned           own
discussion:comments             POST      submitted                own approvers-in-n
discussion:edit                 GET POST  shared                   officer
discussion:edit                 GET POST  draft,submitted,returned officer
discussion:withdraw             GET POST  shared                   officer leaders
discussion:withdraw             GET POST  draft,returned           officer
discussion:withdraw             GET POST  submitted                officer leaders
discussion:restore              GET POST  shared                   officer leaders
discussion:restore              GET POST  draft,returned           officer
discussion:restore              GET POST  submitted                officer leaders
discussion:follow               POST      shared                   all
discussion:follow               POST      draft,returned           own
discussion:follow               POST      submitted                own approvers-in-n
discussion:attach               GET POST  shared                   attachers
discussion:attach               GET POST  draft,returned           own
discussion:attach               GET POST  submitted                own approvers-in-n
discussion:file                 GET       shared                   all
discussion:file                 GET       draft,returned           own
discussion:file                 GET       submitted                own approvers-in-n
discussion:file_withdraw        GET POST  shared                   officer leaders
discussion:file_withdraw        GET POST  draft,returned           officer
discussion:file_withdraw        GET POST  submitted                officer leaders
discussion:file_restore         GET POST  shared                   officer leaders
discussion:file_restore         GET POST  draft,returned           officer
discussion:file_restore         GET POST  submitted                officer leaders
notices:list                    GET       -                        signed-in
notices:read_all                POST      -                        signed-in
notices:open                    POST      -                        officer
notices:choices                 GET POST  -                        signed-in

initiatives:result_withdraw     GET POST  shared                   keepers leaders
initiatives:result_withdraw     GET POST  draft,submitted,returned keepers
initiatives:result_restore      POST      shared                   keepers leaders
initiatives:result_restore      POST      draft,submitted,returned keepers
records:withdraw                GET POST  shared                   keepers leaders
records:withdraw                GET POST  draft,submitted,returned keepers
records:restore                 GET POST  shared                   keepers leaders
records:restore                 GET POST  draft,submitted,returned keepers
records:withdrawn_list          GET       -                        role
records:registration            GET POST  shared                   keepers leaders
records:registration            GET POST  draft,submitted,returned keepers
records:registered              GET       -                        role
records:case_file               GET       shared                   all
records:case_file               GET       draft,returned           own
records:case_file               GET       submitted                own approvers-in-n

people:answer                   GET POST  -                        anyone
people:open_link                GET       -                        anyone
people:list                     GET       -                        leader administrator
people:person                   GET       -                        leader administrator
people:invite                   GET POST  -                        leader administrator
people:give_role                GET POST  -                        leader administrator
people:end_role                 GET POST  -                        leader administrator
people:give_seat                GET POST  -                        leader administrator
people:end_seat                 GET POST  -                        leader administrator
people:change_organisation      GET POST  -                        leader administrator
people:substitute               GET POST  -                        leader administrator
people:leave                    GET POST  -                        leader administrator
people:close_sign_in            GET POST  -                        leader administrator
people:merge                    GET POST  -                        leader administrator
people:rename                   GET POST  -                        leader administrator
people:change_ways_in           GET POST  -                        administrator
privacy:mine                    GET       -                        signed-in
privacy:my_file                 GET       -                        signed-in
privacy:disposals               GET       -                        leader
privacy:register_decision       GET POST  -                        leader
privacy:decision                GET POST  -                        leader
privacy:retention               GET       -                        leader administrator
privacy:extract                 GET POST  -                        leader administrator
privacy:file                    GET       -                        leader administrator
privacy:mentions                GET       -                        leader administrator
privacy:forget                  GET POST  -                        leader administrator
people:appoint                  GET POST  -                        leader administrator
people:resend                   POST      -                        leader administrator
people:withdraw                 POST      -                        leader administrator
people:end_substitution         POST      -                        leader administrator
people:open_sign_in             POST      -                        leader administrator
people:undo_leaving             POST      -                        leader administrator
people:invite_to_body           GET POST  -                        conveners leader administrator
people:take_over_body           POST      -                        conveners
people:lacking                  GET       -                        role
people:contact                  GET POST  shared                   keepers leaders
people:contact                  GET POST  draft,submitted,returned keepers
people:take_over_contact        POST      shared                   keepers leaders
people:take_over_contact        POST      draft,submitted,returned keepers

needs:list                      GET       -                        all
needs:create                    GET POST  -                        writers
needs:detail                    GET       shared                   all
needs:detail                    GET       draft,returned           officer contributor
needs:detail                    GET       submitted                officer contributor approvers
needs:edit                      GET POST  shared                   officer contributor leaders
needs:edit                      GET POST  draft,submitted,returned officer contributor
needs:share                     GET POST  shared                   officer contributor leaders
needs:share                     GET POST  draft,submitted,returned officer contributor
needs:take_back                 GET POST  shared                   officer contributor leaders
needs:take_back                 GET POST  draft,submitted,returned officer contributor
needs:decide                    GET POST  draft,returned           -
needs:decide                    GET POST  submitted                approvers
needs:decide                    GET POST  shared                   -
needs:withdraw                  GET POST  shared                   officer contributor leaders
needs:withdraw                  GET POST  draft,submitted,returned officer contributor

initiatives:detail              GET       withdrawn                all
initiatives:detail              GET       withdrawn-draft,withdrawn-submitted own
needs:detail                    GET       withdrawn                all
needs:detail                    GET       withdrawn-draft          officer contributor
history:record                  GET       withdrawn                all
history:record                  GET       withdrawn-draft,withdrawn-submitted own
records:restore                 GET POST  withdrawn                keepers leaders
records:restore                 GET POST  withdrawn-draft,withdrawn-submitted keepers
records:restore                 GET POST  withdrawn-need           officer contributor leaders
records:restore                 GET POST  withdrawn-lesson         leaders
records:withdraw                GET POST  lesson                   leaders
records:withdraw                GET POST  withdrawn,withdrawn-draft -
records:show                    GET       withdrawn                all
records:show                    GET       withdrawn-draft          own
records:registration            GET POST  withdrawn,withdrawn-draft -
records:case_file               GET       withdrawn,withdrawn-draft -
initiatives:edit                GET POST  withdrawn,withdrawn-draft -
initiatives:share               GET POST  withdrawn,withdrawn-draft -
initiatives:take_back           GET POST  withdrawn,withdrawn-draft -
initiatives:decide              GET POST  withdrawn,withdrawn-draft,withdrawn-submitted -
initiatives:withdraw            GET POST  withdrawn,withdrawn-draft -
initiatives:status              GET POST  withdrawn                -
initiatives:parts               GET POST  withdrawn                -
initiatives:move                POST      withdrawn                -
initiatives:needs               GET POST  withdrawn                -
initiatives:partners            GET POST  withdrawn                -
initiatives:funding_create      GET POST  withdrawn                -
initiatives:funding_edit        GET POST  withdrawn                -
initiatives:funding_state       GET POST  withdrawn                -
initiatives:quantity_create     GET POST  withdrawn                -
initiatives:quantity_edit       GET POST  withdrawn                -
initiatives:quantity_withdraw   GET POST  withdrawn                -
initiatives:result_create       GET POST  withdrawn                -
initiatives:result_edit         GET POST  withdrawn                -
initiatives:result_withdraw     GET POST  withdrawn                -
initiatives:result_restore      POST      withdrawn                -
discussion:comments             GET POST  withdrawn,withdrawn-draft -
discussion:edit                 GET POST  withdrawn                -
discussion:withdraw             GET POST  withdrawn                -
discussion:follow               POST      withdrawn                -
discussion:attach               GET POST  withdrawn                -
discussion:file                 GET       withdrawn,withdrawn-draft -
discussion:file_withdraw        GET POST  withdrawn                -
discussion:restore              GET POST  withdrawn                all
discussion:file_restore         GET POST  withdrawn                all
people:contact                  GET POST  withdrawn                -
people:take_over_contact        POST      withdrawn                -
needs:edit                      GET POST  withdrawn,withdrawn-draft -
needs:share                     GET POST  withdrawn,withdrawn-draft -
needs:take_back                 GET POST  withdrawn                -
needs:decide                    GET POST  withdrawn                -
needs:withdraw                  GET POST  withdrawn                -

followup:index                  GET       -                        all
followup:round                  GET       -                        all
followup:network                GET       -                        all
followup:tell                   GET POST  -                        leaders conveners
followup:tell_initiative        GET POST  shared                   leaders conveners
followup:tell_initiative        GET POST  draft,submitted,returned -
followup:tell_initiative        GET POST  withdrawn,withdrawn-draft,withdrawn-submitted -
followup:start                  POST      -                        leaders
followup:edit_round             GET POST  -                        leaders
followup:tell_without_network   GET POST  -                        leaders
followup:new_lesson             GET POST  -                        leaders
followup:edit_lesson            GET POST  -                        leaders
followup:new_recommendation     GET POST  -                        leaders
followup:edit_recommendation    GET POST  -                        leaders
followup:respond                GET POST  -                        leaders

reports:list                    GET       -                        all
reports:begin                   POST      -                        leaders
reports:read                    GET       -                        all
reports:rows                    GET       -                        all
reports:download                GET       -                        all
reports:move                    POST      -                        leaders
reports:section                 GET       -                        all
reports:section                 POST      -                        leaders conveners
reports:take_over               POST      -                        leaders conveners
reports:return                  POST      -                        leaders
reports:editions                GET       -                        all
reports:editions                POST      -                        leaders
reports:edition                 GET       -                        all
reports:edition_file            GET       -                        all
"""

ANSWERS = """
READ_SHARED            of-a    all
READ_SHARED            in-n    all
READ_SHARED            in-x    all
READ_SHARED            whole   readers
READ_DRAFT             of-a    officer contributor
READ_DRAFT             in-n    member conveners
READ_DRAFT             in-x    -
READ_DRAFT             whole   -
READ_HISTORY           of-a    all
READ_HISTORY           in-n    all
READ_HISTORY           in-x    all
READ_HISTORY           whole   readers
EXPORT                 of-a    all
EXPORT                 in-n    all
EXPORT                 in-x    all
EXPORT                 whole   readers
RENDER_REPORT          of-a    all
RENDER_REPORT          in-n    all
RENDER_REPORT          in-x    all
RENDER_REPORT          whole   readers
CREATE_INITIATIVE      of-a    officer contributor leaders
CREATE_INITIATIVE      in-n    conveners leaders
CREATE_INITIATIVE      in-x    leaders
CREATE_INITIATIVE      whole   leader
EDIT_INITIATIVE        of-a    officer contributor leaders
EDIT_INITIATIVE        in-n    conveners leaders
EDIT_INITIATIVE        in-x    leaders
EDIT_INITIATIVE        whole   leader
SHARE_INITIATIVE       of-a    officer contributor
SHARE_INITIATIVE       in-n    conveners
SHARE_INITIATIVE       in-x    -
SHARE_INITIATIVE       whole   -
EDIT_NEED              of-a    officer contributor leaders
EDIT_NEED              in-n    conveners leaders
EDIT_NEED              in-x    leaders
EDIT_NEED              whole   leader
EDIT_FOLLOW_UP         of-a    leaders
EDIT_FOLLOW_UP         in-n    conveners leaders
EDIT_FOLLOW_UP         in-x    leaders
EDIT_FOLLOW_UP         whole   leader
EDIT_LESSON            of-a    leaders
EDIT_LESSON            in-n    leaders
EDIT_LESSON            in-x    leaders
EDIT_LESSON            whole   leader
EDIT_GOVERNANCE        of-a    leaders
EDIT_GOVERNANCE        in-n    leaders
EDIT_GOVERNANCE        in-x    leaders
EDIT_GOVERNANCE        whole   leader
REGISTER_RECORD        of-a    officer contributor leaders
REGISTER_RECORD        in-n    conveners leaders
REGISTER_RECORD        in-x    leaders
REGISTER_RECORD        whole   leader
EDIT_CONTROLLER        of-a    officer contributor leaders administrator
EDIT_CONTROLLER        in-n    leaders administrator
EDIT_CONTROLLER        in-x    leaders administrator
EDIT_CONTROLLER        whole   leader administrator
WRITE_REPORT_SECTION   of-a    leaders
WRITE_REPORT_SECTION   in-n    conveners leaders
WRITE_REPORT_SECTION   in-x    leaders
WRITE_REPORT_SECTION   whole   leader
MOVE_REPORT            of-a    leaders
MOVE_REPORT            in-n    leaders
MOVE_REPORT            in-x    leaders
MOVE_REPORT            whole   leader
APPROVE_SHARING        of-a    coordination leaders
APPROVE_SHARING        in-n    conveners coordination leaders
APPROVE_SHARING        in-x    coordination leaders
APPROVE_SHARING        whole   coordination leader
COMMENT                of-a    talkers
COMMENT                in-n    talkers
COMMENT                in-x    talkers
COMMENT                whole   everywhere-attachers council
ATTACH                 of-a    attachers
ATTACH                 in-n    attachers
ATTACH                 in-x    attachers
ATTACH                 whole   everywhere-attachers
MODERATE               of-a    leaders
MODERATE               in-n    leaders
MODERATE               in-x    leaders
MODERATE               whole   leader
DISPOSE                of-a    leaders
DISPOSE                in-n    leaders
DISPOSE                in-x    leaders
DISPOSE                whole   leader
READ_AUDIT_LOG         of-a    leaders administrator
READ_AUDIT_LOG         in-n    leaders administrator
READ_AUDIT_LOG         in-x    leaders administrator
READ_AUDIT_LOG         whole   leader administrator
MANAGE_PEOPLE          of-a    leaders administrator
MANAGE_PEOPLE          in-n    leaders administrator
MANAGE_PEOPLE          in-x    leaders administrator
MANAGE_PEOPLE          whole   leader administrator
INVITE_TO_BODY         of-a    leaders administrator
INVITE_TO_BODY         in-n    conveners leaders administrator
INVITE_TO_BODY         in-x    leaders administrator
INVITE_TO_BODY         whole   leader administrator
TAKE_OVER_BODY         of-a    -
TAKE_OVER_BODY         in-n    conveners
TAKE_OVER_BODY         in-x    -
TAKE_OVER_BODY         whole   -
"""

# What the forms offer as owner and network: `A`, `N` and so on, or `every` for all there are.
#   form                  field      who: what they are offered beside what stands there already
CHOICES = """
initiatives:create      owner      officer: A
initiatives:create      owner      contributor: A
initiatives:create      owner      officer-elsewhere: B
initiatives:create      owner      contributor-elsewhere: B
initiatives:create      owner      convener: N
initiatives:create      owner      chair: N
initiatives:create      owner      deputy: N
initiatives:create      owner      substitute: N
initiatives:create      owner      convener-elsewhere: M
initiatives:create      owner      leader: every
initiatives:create      owner      leader-here: every
initiatives:create      network    officer:
initiatives:create      network    contributor:
initiatives:create      network    officer-elsewhere:
initiatives:create      network    contributor-elsewhere:
initiatives:create      network    convener: N
initiatives:create      network    chair: N
initiatives:create      network    deputy: N
initiatives:create      network    substitute: N
initiatives:create      network    convener-elsewhere: M
initiatives:create      network    leader: every
initiatives:create      network    leader-here: every
needs:create            owner      officer: A
needs:create            owner      contributor: A
needs:create            owner      officer-elsewhere: B
needs:create            owner      contributor-elsewhere: B
needs:create            owner      convener: N
needs:create            owner      chair: N
needs:create            owner      deputy: N
needs:create            owner      substitute: N
needs:create            owner      convener-elsewhere: M
needs:create            owner      leader: every
needs:create            owner      leader-here: every
"""

# Who makes something that is shared at once, when a new one is sent with this owner and no network;
# from everybody else it is not taken. `nobody` is an owner that is not known.
CREATED = """
initiatives:create      nobody     leaders
initiatives:create      A          officer contributor leaders
initiatives:create      B          officer-elsewhere contributor-elsewhere leaders
needs:create            nobody     leaders
needs:create            A          officer contributor leaders
needs:create            B          officer-elsewhere contributor-elsewhere leaders
"""

# Cells of the table in the code that no address shows, had they another reach: they are held
# against ANSWERS alone. Each with the addresses nearest to them, which answer the same either way.
#   operation     person: what else     where it could show
AT_NO_ADDRESS = """
READ_AUDIT_LOG    officer: OWN_ORGANISATION       history:xlsx history:json_lines history:list
READ_AUDIT_LOG    contributor: OWN_ORGANISATION   history:xlsx history:json_lines history:list
"""
# The log is taken away whole or for an agreement; that of an organisation can be asked for nowhere.

# The command line is run by whoever may log in to the server and acts as the program itself: no
# command acts for a person, and none asks who one is. Walked by test_commands.py. A new command is
# one line: as whom the log names it, the files, and the apps in whose tables it writes rows. A line
# that begins with a space goes on with the one before.
#   command             in the log     files      rows of
COMMANDS = """
check                   -              -          -
backup                  -              copy       -
backup verify           -              -          -
coverage                -              -          -
demo load               system-demo    -          accounts audit
demo remove             system-demo    -          accounts agreements audit followup initiatives
                                                  organisations records reporting situation
                                                  usersessions
messages check          -              -          -
messages compile        -              catalogue  -
messages update         -              catalogue  -
outbox list             -              -          -
outbox retry            -              -          outbox
report                  -              uppfoljningsrapport -
restore                 -              database   -
retention               system-cli     -          audit outbox people
serve                   -              -          -
start                   -              uppfoljningsrapport -
user create             system-cli     -          accounts audit
user change-address     system-cli     -          accounts audit outbox
user reset-second-factor system-cli    -          audit mfa outbox
worker                  system-clock   -          audit outbox people
"""

# Who is let in there, but signed in or confirmed it more than five minutes ago, must first show
# again who they are: what gives or takes what somebody may do, takes away much at once, or changes
# the ways into one's account.
ASKS_AGAIN = """
account:password account:address
mfa_activate_totp mfa_deactivate_totp mfa_add_webauthn mfa_remove_webauthn
mfa_view_recovery_codes mfa_generate_recovery_codes
people:invite people:give_role people:end_role people:give_seat people:end_seat
people:change_organisation people:substitute people:leave people:open_sign_in people:undo_leaving
people:merge people:appoint people:change_ways_in
privacy:extract privacy:file privacy:my_file privacy:forget privacy:decision
history:xlsx history:json_lines
"""
