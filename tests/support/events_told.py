"""Reports of events: several texts on each, in words of their own."""

QUAKE = (
    (
        "A magnitude 6.1 earthquake struck Bengkulu province in western Sumatra early on Tuesday, killing at least 17 "
        "people and flattening houses in the coastal village of Lais, officials said. The quake hit at 4:12 am at a "
        "depth of 12 kilometres, the meteorology agency said. Bengkulu governor Rahman Siregar ordered schools shut "
        "and sent soldiers with tents to Lais, where 340 families slept outdoors."
    ),
    (
        "At least 17 villagers died when a strong earthquake shook Sumatra island before dawn on Tuesday, Indonesian "
        "rescue workers said. Most of the dead were found in Lais, a fishing village in Bengkulu, under walls of "
        "brick. The governor, Rahman Siregar, closed all schools. Some 340 families lost their homes; the army "
        "brought tents. The tremor, of magnitude 6.1, was felt as far away as Padang."
    ),
    (
        "Rescuers dug through rubble in Lais on Tuesday after a 6.1-magnitude quake killed 17 in Indonesia's Bengkulu "
        "province. Rahman Siregar, the governor, said 340 families needed shelter. Sumatra lies on the Ring of Fire. "
        "The army has sent tents and a field kitchen, and schools stay shut this week."
    ),
)
STRIKE = (
    (
        "Nurses at Harrowgate General Hospital walked out on Monday over pay, the first strike there in 31 years. The "
        "union Carewell said 1,150 nurses took part. Hospital director Imogen Fairlie called the walkout reckless and "
        "offered 4.5 percent. Operations were put off, and patients were taken to Thornbury."
    ),
    (
        "A walkout by 1,150 nurses shut two wards at Harrowgate General on Monday. Carewell, their union, wants 9 "
        "percent. Imogen Fairlie, who runs the hospital, has offered 4.5 percent and said talks would go on. It is "
        "the first strike at Harrowgate for 31 years, and Thornbury took in its emergency patients."
    ),
    (
        "The first nurses' strike in 31 years began at Harrowgate General Hospital on Monday. Director Imogen "
        "Fairlie's offer of 4.5 percent was turned down by Carewell, the union. It said that 1,150 had joined. Some "
        "patients went to Thornbury instead."
    ),
)
