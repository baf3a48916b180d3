META
key;value
budget;1000.50
vote_type;approval
max_length;2
PROJECTS
project_id;cost;votes;name;selected
p1;400.00;3;"Trees; 12";1
p2;600;2;Paths;0
VOTES
voter_id;vote
1;p1,p2
2;p1
3;
