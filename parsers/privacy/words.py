"""Words that tell a person's name from an office, a team, a place or the start of a sentence.

The lists are small on purpose: they settle the cases that letters of public authorities print every day. All are lower
case.
"""


def words(text: str) -> frozenset[str]:
    """The words of a list written as running text."""
    return frozenset(text.split())


TITLES = words("cllr councillor dr miss mr mrs ms mx")

NOT_AFTER_A_TITLE = words("""
    advocate ambassador and chair chairman chairwoman commissioner deputy justice mayor minister ombudsman or
    president recorder registrar secretary sheriff speaker
""")
"""Office-holders, who are not the target: Mr Speaker, Mrs Justice."""

NOT_AFTER_MS = words("""
    access azure dos excel exchange office outlook paint powerpoint project server sharepoint society sql teams
    visio windows word
""")
"""What MS in capitals means when it is not a person's title."""

AFTER_A_NAME = words("""
    ba bsc cbe ceng cipm cipp dphil esq frsa jnr jp jr kc llb llm ma mba mbe meng mp mphil msc msp obe pgdip phd qc
    rgn snr sr
""")
"""Letters that follow a name."""

MONTHS_AND_FORENAMES = words("april august june may")

PARTICLES = words("""
    al ap bin de del den der di du el la le ten ter van von y
""")

OFFICES = words("""
    administrator adviser advisor advocate analyst apprentice archivist assistant associate attorney auditor
    barrister bursar caseworker chair chairman chief clerk commander commissioner constable consultant controller
    convener coordinator counsel custodian dean delivery deputy detective director editor engineer executive
    governor head headteacher inspector investigator lawyer lead leader librarian manager mayor member minister
    monitoring officer ombudsman operator owner paralegal parliamentary partner permanent planner practitioner
    president principal private professional professor provost reader receptionist registrar representative
    researcher reviewer secretary senior sergeant solicitor specialist strategic superintendent supervisor support
    surveyor teacher technician trainee treasurer trustee undersecretary
""")

BODIES = words("""
    academy access account accounts action admin administration agency agriculture air allocations ambulance and
    antisocial appeals archives army arts assembly assets assurance audit authority bank bbc benefits board body
    border borough branch britain british building business cabinet capital care case central centre charity
    children church city civil clinical college commercial commission committee commons communications communities
    community companies company complaints compliance constabulary consumer contact contracts coordination corporate
    corporation correspondence cost council councils county court courts crime criminal crown culture curriculum
    customer customers customs data defence defra democracy democratic department desk development digital diocese
    directorate disclosure disclosures district division dvla dvsa education electoral emergency employment energy
    engagement england enquiries enquiry enterprise environment environmental equality estate estates europe
    european exchequer external facilities families farm federation finance financial fire foi foia force foreign
    foundation fraud freedom fund general global governance government grants great group guidance hall health
    healthcare high highways hmcts hmp hmrc home homes hospital hospitals house housing hr hse human ico immigration
    improvement inclusion independent infirmary information infrastructure innovation inquiry inspectorate institute
    insurance integrated intelligence internal international internet investigation investigations ireland isles it
    joint judicial justice kingdom knowledge land law learning legal leisure library licensing limited litigation
    loans local logistics london lords ltd mail management market media medical medicines metropolitan military
    ministry mobility multi museum national natural navy network news nhs northern ofcom office officials ofgem
    ofqual ofsted ofwat operations opportunities organisation organisational our outcomes parish park parliament
    partnership partnerships passport pay payments payroll pensions people performance personnel plan planning plc
    police policing policy port post practice press primary prison prisons privacy probation procurement
    professional programme property prosecution protection protocol public publication publications publishing
    quality rail records recovery recruitment refugee regeneration region regional registration registry regulation
    regulator regulatory relations release reply request requests research resilience resources response responses
    revenue revenues review reviews rights risk road roads royal rural safety school schools science scotland
    scottish secondary secretariat section security service services site social societies society south-east
    standards state states station statistics strategy student students supply support surgery system systems tax
    team teams technical technology tourism town trade trading traffic training transformation transparency
    transport treasury tribunal tribunals trust trusts unit united universities university utilities valuation
    victims wales water web welfare welsh whatdotheyknow workforce works youth
""")

PLACES = words("""
    aberdeen avenue bedfordshire belfast berkshire birmingham bradford brighton bristol buckinghamshire building
    buildings cambridgeshire cardiff cheshire close cornwall court coventry crescent croydon cumbria derbyshire
    derry devon dorset drive dundee durham edinburgh essex estate exeter floor gardens gate glasgow gloucestershire
    green grove hall hampshire hertfordshire hill house hull inverness kent lancashire lane leeds leicester
    leicestershire lincolnshire liverpool manchester merseyside mews middlesex newcastle norfolk northamptonshire
    northumberland norwich nottingham nottinghamshire oxfordshire parade park place plymouth portsmouth quarter quay
    reading road room row salford sheffield shropshire somerset southampton square staffordshire stirling street
    suffolk suite sunderland surrey sussex swansea swindon terrace tower view wakefield warwickshire way westminster
    wharf wigan wiltshire wolverhampton worcestershire yard york yorkshire
""")

STARTERS = words("""
    a about above according accordingly act address after all also although an annex anonymous any appendix
    applicant applicants apr april are as at attached attachment attention aug august be because before begin below
    best both but by can claimant colleague colleagues confidential could customer customers date dated day de dear
    dec december did do does due during each either email enclosed enquirer enquirers error every everyone excuse
    fao far feb february figure finally first folks follow following for forwarded fri friday from further
    furthermore good had has have having he hello here hereby hi his householder how however i if in inbox is it its
    jan january jul july jun june just kind later let like look madam mailbox many mar march may message messages
    might mon monday moreover most my name need neither next no nor noreply not note nov november now occupier oct
    october of off official on once one or original other out over page para paragraph part per please postmaster
    private provide re re- read recipients redacted ref reference regarding regards requester resident s sat
    saturday schedule second see sent sep sept september several she should signed since sincerely sir sirs so some
    sorry subject such sun sunday table taxpayer tel telephone thank thanks that the their then there therefore
    these they third this those though thu thursday to today too tue tuesday under undisclosed unfortunately unknown
    until up upon us user very was we webmaster wed wednesday were what when where whereas which while who whom why
    will with within without would yes yesterday you your yours
""") | {"requestor", "requestors"}  # codespell:ignore requestor,requestors - as many letters spell it
"""Words that begin a sentence, a line or a field, and those who are greeted without a name."""

COMMON_SURNAMES = words("""
    abbey abbot acre allowance archer armour ash bacon bailey baker ball banks barber barley barn barnet baron
    barrow bass bath beach bean bear beard beck bedford bee bell belt bench berry best bird bishop black blood bloom
    bolton bond book boot boston bow bowl box bradford branch brand brent bridge bridges bright broad brook brooks
    brown buck buckingham bull burden burn burnley burns bury bush butcher butler butter calf camden camp cannon
    carlisle carpenter carter carver case cash castle chalk chance chandler chapel chapman chase chester
    chesterfield church clark clay clear close coal coat cole coleman collier constable cook cooke cooper corn
    cotton couch court cousins craft crane cross crow crown cruise curry dale dance day deal dean dear death dell
    derby door drake drew duck duke dunn durham earl early east edge england english eve fair falcon farmer farrow
    fell fern field fields finch fine fisher flood flower flowers ford forest forge fort foster fountain fox
    franklin free freeman french friend frost fry gale gamble game garden gardener garland gate gates gift gilbert
    glass glover gold golden good goose gorse grace grant grantham grave graves gray green grey grove guest gunner
    hale halifax hall halls ham hammer hand hands hardy hare harper harvest hastings hatch hawk hay head heath hedge
    hedges herd hereford hero heron hill hills hobby holder holiday holland hood hook hope horn horne house howe
    hunt hunter huntingdon hurst ireland iron jack jewel jolly joy judge kendal kent key keys king kings kitchen
    knight lake lamb lancaster land lane large lark law laws lee leech leicester lincoln link lion little lock lodge
    london long lord love low lucky ludlow luton lyon major making mann manor march marsh marshall mason master may
    mead meadow mercer merchant merton metcalf mews middleton mile miles mill miller mills milton moon moor moore
    moss mount mountain nail neat nelson new newman newton nice nightingale noble noon norfolk north nurse nutt oak
    old oldham olive orchard pace page painter palace palmer paradise park parker parrot parsons partridge patch
    paul pay peace peach pearl pears peel penny pepper perfect perry pike piper pitt place plant platt plum pole
    pond pool poole pope port porter post potter potts power powers preacher preston price pride priest prince prior
    proctor prophet pugh queen quick race rain ray read reader reading reed reeve reeves regis rice rich richmond
    riding ring rivers road rochester rock rook rose rowe rule rush sage sail salmon salt sand sanders saw sawyer
    school scotland seal selby senior service sharp shaw shearer sheffield shepherd ship shipley shoemaker short
    silver singer skinner skipton slate small smart smith snow south spain spark sparrow speed spence spencer spring
    squire stable staff stafford stamp star steel steer stern stock stone stones storey stratford street strong
    summer summers sutton swallow swan swift tanner taylor temple thames thatcher thorn thorne tiller tower town
    townsend trainer tree trick troy trust tuck turner turnpike tyler vale vicar vine wade wain wakefield wales
    walker wall walls ward warden warwick washington waters way weaver webb weeks well wellington wells west weston
    wheat wheeler white wild will wills winchester windsor winter wise wolf wolfe wood woodland woods wool word
    workman worth wren wright yard york young
""")
"""Surnames that are also ordinary words or places: masked in name positions and in full names only."""
