"""Forenames that are common in the United Kingdom, lower case: evidence that a phrase is a person's name."""

from parsers.privacy.words import words

FORENAMES = words("""
    aaron abbie abby abdul abigail abu adam adrian ahmed aidan aileen aisha alan alasdair alastair albert alec alex
    alexander alexandra alexandria alexis ali alice alisha alison alistair allan allison amanda amber amelia amina
    amir amit amy ana anand andre andrea andrew andy angela angharad angie angus anil anita ann anna anne annette
    annie anthea anthony antonia antony anwen april aran archie arjun arthur arun asha ashley asif audrey ava avril
    ayesha azhar barbara barry beata becky belinda ben benjamin bernadette bernard beth bethan bethany beverley bill
    billy blair bob bobby brenda brendan brian bridget bronwen bronwyn bruce bryan bryony caitlin callum calum
    cameron camilla carl carla carly carol carole caroline carolyn carwyn catherine cathy catriona cecilia ceri
    chantelle charis charles charlie charlotte chelsea cherie cheryl chloe chris christian christina christine
    christopher ciara claire clare clive colette colin connor conor courtney craig cynthia dafydd daisy damian
    damien dan daniel danielle danny daphne darren dave david dawn dean debbie deborah debra declan deepak dennis
    derek dermot diana diane dilys dominic donald donna dorothy doug douglas duncan dylan eamon ed eddie edith
    edmund edward edwin eileen eilidh elaine eleanor elen elena eli elin elizabeth ella ellen ellie elliot elliott
    eloise elsie emer emily emma emmanuel eric erica erin esther ethan euan eva eve evelyn ewan faisal farah farhan
    fatima fatimah faye felicity finlay finn fiona frances francesca francis frank fraser fred freddie frederick
    freya gail gareth gary gavin gaynor gemma geoff geoffrey george georgia georgina gerald geraldine gerard gethin
    gill gillian gina glen glenn glenys gloria gordon graeme graham grainne greg gregory gurpreet guy gwen gwyn
    gwyneth hamish hannah hari harjit harold harriet harrison harry harvey hasan hassan hayley hazel heather heidi
    helen helena henry hilary hollie holly howard hugh hugo huw hywel iain ian ibrahim ieuan imogen imran ingrid
    iqbal irene iris isaac isabel isabella isabelle isla ismail ivan ivor iwan jack jackie jacob jacqueline jade
    jake james jamie jan jane janet janice jasmine jason jasper jatinder javed jay jayne jean jeanette jeff jeffrey
    jemma jen jennifer jenny jeremy jess jessica jill jim jimmy jo joan joanna joanne jodie joe joel johanna john
    johnny jon jonathan jordan jose joseph josephine josh joshua joy joyce juan judith judy julia julian julie
    juliet june justin justine kamal karen karl karolina kash kashif kasia kate katharine katherine kathleen kathryn
    kathy katie katy kay kayleigh keeley keiran keith kelly ken kenneth kerry kevin khalid khalida kiera kieran kim
    kimberley kiran kirsten kirstie kirsty kris krishna kristian kristina kumar kyle lachlan lara laura lauren
    laurence laurie lawrence leah leanne lee leigh len lena leo leon leonard lesley leslie lewis lia liam libby lily
    linda lindsay lindsey lisa llinos lloyd lorna lorraine louis louisa louise lucas lucinda lucy luke lydia lyn
    lynda lyndsey lynn lynne mabel madeleine madison magda maggie mahmood maire mairi malcolm malik mandy manjit
    manoj marc marcus margaret maria marian marianne marie marilyn marina marion marjorie mark marta martha martin
    martyn mary maryam mateusz mathew matt matthew maureen maurice max maxine may meera megan mehmet mel melanie
    melissa meredith meryl mia michael michaela micheal michelle mick mike mila millie mo mohamed mohammad mohammed
    moira molly monica monika morag morgan muhammad muriel mustafa myra nadeem nadia nancy naomi nasreen natalie
    natasha nathan nathaniel naveed neha neil nia niall niamh nicholas nick nicky nicola nicole nigel nikki nina
    nisha noah noel nora noreen norma norman nuala olga oliver olivia olwen omar oonagh oscar osian owain owen
    padraig pam pamela parveen pascal pat patricia patrick paul paula pauline pawel peggy penelope penny perry pete
    peter petra phil philip philippa phillip phoebe piotr pippa polly pooja poppy prakash pritpal priya rachael
    rachel raj rajesh rajiv ralph ramesh rana rashid ravi ray raymond rebecca rehana reza rhian rhiannon rhodri
    rhona rhys richard rick ricky rita rob robbie robert roberta robin robyn rod roderick rodney roger rohan roisin
    roland ron ronald ronan rory rosalind rosalyn rose roseanne rosemary rosie ross rowan roxanne roy rupert russell
    ruth ryan saeed saima sajid salim sally salma sam samantha samia samina samir samuel sandeep sandra sangeeta
    sanjay sara sarah sarika saul scott seamus sean sebastian shabana shabnam shane shannon sharon shaun shauna
    sheena sheila shelley sheryl shirin shirley shona sian sidney simon simone sinead siobhan sofia sohail sonia
    sonya sophia sophie stacey stan stanley stefan stella stephanie stephen steve steven stewart stuart sue sukhdeep
    sultan sunil surinder susan susanna susannah susie suzanne svetlana syed sylvia tahir tamara tammy tania tanya
    tara tariq ted terence teresa terri terry tess tessa theo theodore theresa thomas tim timothy tina toby todd tom
    tomasz tommy toni tony tracey tracy trevor trish tristan trudy umar una usha usman val valerie vanessa vera
    verity vernon veronica vicki vicky victor victoria vijay vikram vincent vinod violet virginia vivian vivien
    vivienne walter warren wayne wendy wilfred william willow winifred xavier yasmeen yasmin yasmine yousef yusuf
    yvette yvonne zac zach zachary zahra zainab zara zeeshan zoe zofia zoya zubair
""")
