"""Known words: what is in the dictionary is not an evasive spelling of a mark.

Chinese words come from the pypinyin package (47,000 phrases). The English list is short and ours: words that
stand in titles of goods, so that "nice" is never read as a misspelt mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from joinder.detect.forms import Form, Script
from joinder.vocabulary.script.pinyin import phrases

_ENGLISH = """
about above active adapter adult after again against air all alloy alone along also always amazing american and
animal any apple area arm around art artist autumn available baby back bag ball band bank bar base basic basket
bath battery beach beads bear beautiful beauty bed before bell belt best better between big bike bird birthday black
blade blank blend block blouse blue board body bold bolt bone book boot boots both bottle bottom bow bowl box boy
boys bra bracelet brand brass bread break breathable bright brown brush bucket buckle bulb bulk bundle business
button cable cake camera camp camping can candle candy canvas cap car card care carry case cash casual cat ceramic
certified chain chair change charge charger charm cheap chef child children china chip chocolate choice christmas city
class classic clean cleaner clear clip clock close cloth clothes clothing coat coffee cold collar collection color
colour colours colors comfort comfortable compact compatible complete computer control cook cool copper cord corner
cosmetic cotton country couple cover cow craft cream creative crew cross crystal cup curtain custom cut cute cycle
daily dark date day deal dear decor decoration deep delivery denim desk design designer desktop diamond digital dinner
dish display dock dog doll door double down drawer dress dresses drill drink drive driver dry dual duck durable dust
each ear early earbuds earphone earphones earrings earth east easy eco edge edition electric electronic elegant
elephant empty energy engine english enough europe european even evening event ever every exclusive express extra eye
fabric face factory family fan fancy farm fashion fast feather feel feet female festival fiber field film filter fine
finger fire first fish fishing fit fitness five fix flag flame flash flat flexible floor floral flower fly foam fold
foldable folding food foot football for forest fork form four fox frame free french fresh friend from front fruit full
fun fur furniture game games garden gas gear gel general genuine gift gifts girl girls glass glasses glove gloves glow
glue goat gold golden golf good goods grade grain grape grass great green grey grill grinder grip group guard guide
guitar gym hair half hand handbag handle handmade hanging happy hard harness hat have head headphone headphones health
heart heat heavy heel height help herbal here high hiking holder hole holiday home honey hood hoodie hook hot hotel
hour house human ice image in inch indoor infant inner insert inside iron island item jacket jar jean jeans jewel
jewelry jewellery joint juice jump keep kettle key keyboard kid kids king kit kitchen knee knife knit lace lady lamp
land laptop large laser last lawn layer lead leaf leather led left leg leggings leisure lemon length lens less letter
level life lift light lighter lighting lights like limited line linen lines lining link lion lip lipstick liquid list
little live lock long look loose love low luck lucky lunch luxury machine made magic magnetic mail makeup male man
manual map marble mark market mask massage master mat match material matte mattress meal meat medical medium memory
men mens mesh metal micro middle milk mini mint mirror mobile model modern moon more morning most mother motion motor
mountain mouse mouth movie mug multi muscle music must nail name narrow natural nature navy near neck necklace needle
net never new next nice night no noise non normal north nose note notebook number nurse nursing nut nylon oak ocean
off office official oil old olive once one online only open orange order organic organizer original other our out
outdoor outfit outside oval oven over own pack package pad page paint pair pajamas palm pan panel pants paper parent
park part parts party pass paste path pattern pea pearl pedal pen pencil people perfect perfume pet phone photo piano
pick picture piece pieces pig pillow pin pine pink pipe place plain plan plant plastic plate platform play player
plug plus pocket point polo pool port portable post pot pouch pound power premium present press price pride prime
princess print printed printer pro product products professional protect protection protector puff pull pump punch
pure purple purse push quality queen quick quiet rabbit race rack radio rail rain rainbow range rapid rare rat raw
ready real rear rechargeable red refill relax remote remover repair replace replacement resin rest retail retro
reusable rice rich ride right ring rings river road rock rod roll roller room root rope rose rotating round royal
rubber rug run runner running sack safe safety sale salon salt same sand sandal sandals satin sauce scale scarf school
scissors screen screw sea seal season seat second secret security seed selected self sensor series serum service set
sets seven sewing shade shadow shampoo shape sharp shaver sheet shelf shell shine shiny ship shirt shirts shock shoe
shoes shop short shorts shoulder show shower side sign signal silent silicone silk silver simple since single sink
size sizes skin skirt sky sleep sleeve sleeveless slice slide slim slip slipper slippers slow small smart smoke smooth
snack snake snow soap soccer sock socks sofa soft solar sole solid some song soup south space spare speaker special
speed spice spin spiral sponge spoon sport sports spray spring square stack stage stainless stair stamp stand star
start station steam steel stem step stick sticker stickers still stock stone stool stop storage store storm strap
straw street strength stretch string stripe striped strong student studio style stylish sugar suit suitable summer sun
sunglasses super supply support surface sweater sweet swim switch system table tablet tail tall tank tape target taste
tea team teeth ten tennis tent test texture than the thermal thick thin think this thread three throw tie tight tile
timber time tiny tip tire tissue to toilet tone tool tools tooth toothbrush top torch total touch towel tower town toy
toys track trail train trainer training travel tray treat tree trend trendy tress trim trip trouser trousers truck true
trunk try tube tunic turn twin twist two type ultra umbrella under underwear unique unisex unit universal up upgrade
upper urban use used user value van vase vegetable velvet vent vest video view vintage vision visor vital vitamin
voice volume wagon waist walk walking wall wallet warm wash washable washing waste watch watches water waterproof wave
wax way wear weather web wedding weight well west wet wheel while white whole wide width wild win wind window wine
wing winter wipe wire wireless with without wolf woman women womens wood wooden wool work world wrap wrist yarn year
years yellow yoga you young your youth zero zinc zip zipper zone
"""


@cache
def english_words() -> frozenset[str]:
    """Common English words of goods and trade."""
    return frozenset(_ENGLISH.split())


def is_known_word(folded: str) -> bool:
    """True if the folded text is a word of the dictionary (English list or Chinese phrases)."""
    return folded in english_words() or folded in phrases()


def superphrases(forms: Sequence[Form]) -> dict[int, tuple[str, ...]]:
    """Form index → dictionary words that contain the form and are longer; forms without any are absent."""
    from ahocorasick_rs import AhoCorasick

    han = [(i, f.folded) for i, f in enumerate(forms) if f.script is Script.HAN]
    if not han:
        return {}
    automaton = AhoCorasick([text for _, text in han])
    found: dict[int, list[str]] = {}
    for phrase in sorted(phrases()):
        for which, start, end in automaton.find_matches_as_indexes(phrase, overlapping=True):
            if end - start < len(phrase):
                found.setdefault(han[which][0], []).append(phrase)
    return {i: tuple(found[i]) for i in sorted(found)}
