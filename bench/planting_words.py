"""Words that the suite of facts plants: lists of the bench's own, not those that the product reads."""

from __future__ import annotations

DIRECTIONS = """
rose fell; fell rose; rising falling; falling rising; increased decreased; increase decrease; decrease increase;
higher lower; lower higher; went-up went-down; more-than fewer-than; more-than less-than;
less-than more-than; before after; after before; above below; below above; gained lost;
lost won; won lost; win lose; winning losing; growth decline;
gains losses; grew shrank; climbed dropped; dropped climbed; raised lowered; raise cut; stronger weaker; best worst;
better worse; earlier later; supported opposed; support oppose; supporters opponents; opponents supporters;
accepted rejected; approved rejected; passed failed; agreed refused; agree disagree; allowed banned; allow forbid;
included excluded; opened closed; north south; southern northern; eastern western; west east; buy sell; bought sold;
allies enemies; guilty innocent; success failure; advantage disadvantage; majority minority; improved worsened;
expanded shrank; hired fired; praised criticized; began ended; started stopped; high low; most-of few-of;
"""
"""What is said by the first word is the opposite of what is said by the second."""

PREFIXED = """
legal illegal; able unable; likely unlikely; fair unfair; successful unsuccessful; known unknown;
constitutional unconstitutional; necessary unnecessary; possible impossible; proper improper; responsible irresponsible;
clear unclear; happy unhappy; popular unpopular; expected unexpected; regular irregular; consistent inconsistent;
honest dishonest; aware unaware; acceptable unacceptable; willing unwilling; usual unusual; complete incomplete;
"""

MODALS = """
may will; will may; might must; must might; could will; should may; can must; would might; will should; could must;
"""

QUANTIFIERS = """
all-the some-of-the; some-of all-of; most-of few-of; most-Americans few-Americans; many-of few-of; all-of some-of;
few-people many-people; many-people few-people; several-of all-of; both-of neither-of; everyone nobody;
everything nothing; always rarely; most-voters few-voters; many-Republicans few-Republicans; often rarely;
many-Democrats few-Democrats;
"""

PERSONS = "he she; she he; his her; him her; himself herself; herself himself"

UNITS = """
miles kilometers; kilometers miles; feet meters; inches centimeters; yards meters; pounds kilograms; pounds ounces;
acres hectares; gallons liters; tons pounds; barrels gallons; years months; months years; months weeks; weeks days;
days weeks; days hours; hours minutes; minutes hours; hours days; minutes seconds; seconds minutes; decades years;
dollars euros; cents dollars; mph knots; minutes hours; weeks years; percent percentage-points;
"""

SCALES = "million billion; billion million; trillion billion; thousand million; billion trillion; hundred thousand"

ORDINALS = "first second; second third; third fourth; fourth fifth; fifth sixth; sixth seventh; seventh eighth"

NUMBERS = "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty ninety"

MONTHS = "January February March April May June July August September October November December"
SHORT_MONTHS = "Jan. Feb. Aug. Sept. Oct. Nov. Dec."
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"

SURNAMES = """
Whitfield Okafor Lindqvist Harrow Petrosyan Brannigan Castellano Dunmore Eskridge Fontaine Garrity Holloway Ingersoll
Jankowski Kessler Lavigne Marchetti Novak Ostrander Pendleton Quigley Rutherford Sandoval Thackeray Ulrich Vandermeer
"""

PLACES = """
Iowa Ohio Texas Florida Nevada Arizona Georgia Michigan Wisconsin Pennsylvania Virginia Kansas Oregon Utah Maine
Chicago Boston Philadelphia Denver Atlanta Detroit Houston Seattle Miami Dallas Cleveland Baltimore Phoenix
Russia China Iran Iraq Syria Israel Mexico Canada France Germany Turkey Egypt Libya Ukraine Afghanistan Japan Cuba
California Colorado Indiana Illinois Kentucky Tennessee Missouri Minnesota Montana Nebraska Alabama Louisiana
London Paris Berlin Moscow Beijing Tehran Damascus Kabul Jerusalem Brussels
"""

CLOSE_NAMES = """
Johnson Johnston; Hanson Hansen; Martin Martinez; Robinson Robertson; Stevens Stephenson; Peters Peterson; Mayer Mather;
Williams Wilson; Roberts Robert; Brown Braun; Larson Carson; Morton Norton; Harris Harrison; Jackson Jacobson;
Parker Barker; Miller Milner; Benson Denson; Dawson Lawson; Walker Waller; Hayden Haydon; Keller Weller;
"""
"""Surnames of different people that look alike."""

CLOSE_PLACES = """
Iran Iraq; Austria Australia; Slovakia Slovenia; Niger Nigeria; Sudan South-Sudan; Virginia West-Virginia;
North-Korea South-Korea; Mali Malawi; Dominica Dominican-Republic; North-Dakota South-Dakota; Gambia Zambia;
Guinea Guinea-Bissau; Mauritania Mauritius; Latvia Lithuania; Columbus Columbia; Ireland Northern-Ireland;
"""

SPELLED_OTHERWISE = """
Gaddafi Qaddafi; Kyiv Kiev; Zelensky Zelenskyy; Müller Mueller; Łódź Lodz; Zürich Zuerich;
Hezbollah Hizbullah; Tchaikovsky Chaikovsky; Dostoevsky Dostoyevsky; Aleksandr
Alexander; Sergei Sergey; Yuri Yury; Muhammad Mohammed; Hussein Husain; Erdoğan Erdogan; Şahin Sahin; Dvořák Dvorak;
Beijing Peking; São-Paulo Sao-Paulo; Nuñez Nunez; García Garcia; Håkon Hakon; Gödel Goedel; Großmann Grossmann;
Mykolaiv Mykolayiv; Kharkiv Kharkov; Lviv Lvov; Osama Usama; Tolstoy Tolstoi; Abdullah Abdallah; Nasrallah Nasralla;
"""
"""One name in two spellings: no change."""

RARE = """
The file bears the number KX-412B.|The file bears the number KX-472B.|model number
The guard carried an M16 rifle.|The guard carried an M14 rifle.|model number
The convoy left by route A12 at night.|The convoy left by route A21 at night.|model number
They ordered the T-90 for the fleet.|They ordered the T-80 for the fleet.|model number
Only ½ of the seats were taken that day.|Only ¼ of the seats were taken that day.|fraction
About two thirds of the members came.|About one third of the members came.|fraction
It took 2½ hours to count the ballots.|It took 3½ hours to count the ballots.|fraction
A quarter of the staff stayed at home.|A fifth of the staff stayed at home.|fraction
One in four of them had never voted.|One in five of them had never voted.|fraction
The night was cold, −5 degrees at the gate.|The night was cold, 5 degrees at the gate.|sign
The account stood at -$40 in the morning.|The account stood at $40 in the morning.|sign
Growth was -2 percent in the quarter.|Growth was 2 percent in the quarter.|sign
The van was clocked at 80 mph on the bridge.|The van was clocked at 80 km/h on the bridge.|other units
It was 40°C in the hall.|It was 40°F in the hall.|other units
The plant delivers 12 MW to the town.|The plant delivers 12 GW to the town.|other units
The archive holds 5 GB of mail.|The archive holds 5 TB of mail.|other units
The cup final ended 2-1 in the rain.|The cup final ended 1-2 in the rain.|score
The team lost 3-0 at home.|The team lost 4-0 at home.|score
The vote was 52-48 in the chamber.|The vote was 51-49 in the chamber.|score
The room holds 10 to 15 people.|The room holds 10 to 50 people.|range
Children aged 6-12 pay nothing.|Children aged 6-16 pay nothing.|range
The grant is worth US$5 million in all.|The grant is worth A$5 million in all.|dollars
The toll is C$12 for a lorry.|The toll is NZ$12 for a lorry.|dollars
He paid 300 Australian dollars for it.|He paid 300 Canadian dollars for it.|dollars
The cable weighs 10⁵ kilos in all.|The cable weighs 10⁶ kilos in all.|power
The budget was $1.5m at first.|The budget was $1.5bn at first.|short scale
About 40k people had signed by noon.|About 40m people had signed by noon.|short scale
"""
"""Sentences put into both copies of an article, for what real ones seldom hold: original, changed one, kind."""


def pairs(listed: str) -> list[tuple[str, str]]:
    """Pairs parted by semicolons, their words by blanks; a hyphen within a word stands for a blank.

    >>> pairs("Sudan South-Sudan; rose fell")
    [('Sudan', 'South Sudan'), ('rose', 'fell')]
    """
    found = (pair.split() for pair in listed.split(";") if pair.strip())
    return [(old.replace("-", " "), new.replace("-", " ")) for old, new in found]
